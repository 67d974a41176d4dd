import type { CloudId } from '../../graph/clouds.ts';
import type { Tier } from '../../intune/model/families.ts';
import { azureCliScript } from './azureCliScript.ts';
import { powerShellScript } from './powerShellScript.ts';
import { registrationPlan } from './registrationPlan.ts';

/** What a registration script is written for. */
export type ScriptKind = 'azureCli' | 'powerShell';

/** A script to be read, and run by an administrator. */
export interface RegistrationScript {
  /** VS Code's id of the language. */
  readonly language: 'shellscript' | 'powershell';
  readonly text: string;
}

/**
 * The script that creates the app registration for some tiers and prints client id, tenant id and consent link.
 * It can be run again: it finds a registration of the same name, and adds what that one lacks.
 */
export const registrationScript = (kind: ScriptKind, cloud: CloudId, tiers: readonly Tier[]): RegistrationScript => {
  const plan = registrationPlan(cloud, tiers);
  return kind === 'azureCli'
    ? { language: 'shellscript', text: azureCliScript(plan) }
    : { language: 'powershell', text: powerShellScript(plan) };
};
