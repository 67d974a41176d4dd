import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/model/families.ts';

/**
 * When a script of a family runs once it is assigned, in one sentence.
 * Sources, in MicrosoftDocs/memdocs: run-powershell-scripts-windows.md, run-shell-scripts-macos.md, deploy-remediations.md.
 */
export function whenItRuns(family: FamilyId): string {
  switch (family) {
    case 'deviceManagementScripts':
      return l10n.t(
        'Runs once on each device, and once for each new user who signs in to it; when the script or its policy changes, it runs again on every assigned device.',
      );
    case 'deviceHealthScripts':
      return l10n.t('Runs on its schedule; a device that missed it runs the script as soon as it is online.');
    case 'deviceShellScripts':
      return l10n.t('Runs once on each Mac; with a frequency, it runs at that frequency and after each restart.');
    case 'deviceCustomAttributeShellScripts':
      return l10n.t('Runs on each Mac every 8 hours.');
    case 'configurationPolicies':
      return l10n.t('Runs on each device at the frequency that is set in the policy.');
    case 'deviceComplianceScripts':
      return l10n.t('Runs when the compliance policy that uses it is evaluated.');
  }
}
