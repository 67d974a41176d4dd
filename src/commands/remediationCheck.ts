import { l10n } from 'vscode';
import * as z from 'zod/mini';
import { type GraphClient, GraphError } from '../graph/client.ts';
import { tierScopes } from '../intune/model/families.ts';
import { type Check, check } from '../views/signInTest/check.ts';

/** What remediations need beside permissions. Source: deploy-remediations.md in MicrosoftDocs/memdocs. */
export const remediationNeeds = (): string =>
  l10n.t(
    'Remediations need a license that includes them (Windows E3 or E5, Education A3 or A5, or VDA), and an Intune Service Administrator confirms that once under Scripts and remediations in the Intune admin center.',
  );

const path = '/beta/deviceManagement/deviceHealthScripts/areGlobalScriptsAvailable()';
const answer = z.looseObject({ value: z.string() });

/** The state by its documented names; undefined where the service does not tell, which nobody has seen it do or not do. */
async function readState(client: GraphClient): Promise<string | undefined> {
  try {
    const { body } = await client.send({ path, scopes: tierScopes.browse });
    return answer.safeParse(body).data?.value;
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/**
 * Whether remediations were set up in the tenant, as the service tells it of its built-in ones.
 * Source: https://learn.microsoft.com/graph/api/intune-devices-devicehealthscript-areglobalscriptsavailable
 */
export async function remediationCheck(client: GraphClient): Promise<Check> {
  const title = l10n.t('Remediations');
  switch (await readState(client)) {
    case 'enabled':
      return check(title, 'works', [l10n.t('They are set up in this tenant.')]);
    case 'pending':
      return check(title, 'attention', [l10n.t('They are being set up in this tenant. That takes a while.')]);
    case 'notConfigured':
      return check(title, 'attention', [l10n.t('They were not set up in this tenant yet.')], remediationNeeds());
    default:
      return check(title, 'notTested', [l10n.t('Intune does not tell whether they are set up in this tenant.')]);
  }
}
