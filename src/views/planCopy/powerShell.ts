import { l10n } from 'vscode';
import { powerShellEnvironments } from '../../auth/registration/powerShellScript.ts';
import { withoutAnnotations } from '../../base/canonicalJson.ts';
import { familyOf, tierScopes } from '../../intune/model/families.ts';
import { scriptPath } from '../../intune/model/script.ts';
import { assignBody, type Plan } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { plainText } from '../plainText.ts';
import { scriptLabel } from '../words/script.ts';
import { planJson } from './planJson.ts';
import { comments, headLines, scriptLines } from './planLines.ts';
import { writeFunctions } from './powerShellFunctions.ts';

/**
 * Text as a string of PowerShell in single quotes, in which nothing but the quote means anything. PowerShell takes four more characters
 * for that quote, and Windows PowerShell may read a file in an encoding that makes them of others: beyond ASCII, a `?` stands for each.
 */
export const quoted = (text: string): string =>
  `'${plainText(text)
    .replace(/[^\x20-\x7E]/gu, '?')
    .replaceAll("'", "''")}'`;

/** JSON as a here-string: of its lines, none starts with a quote. */
const hereString = (value: unknown): string => `@'\n${planJson(value)}\n'@`;

const scopesOf = (plans: readonly Plan[]): string =>
  [...new Set(plans.flatMap(({ script }) => tierScopes[familyOf(script.family).writeTier].slice(0, 1)))].map(quoted).join(', ');

const connecting = ({ connection: { cloud, tenantId }, plans }: Proposal): readonly string[] => [
  `Connect-MgGraph -Environment ${powerShellEnvironments[cloud.id]} -TenantId ${quoted(tenantId)} -Scopes ${scopesOf(plans)} -NoWelcome`,
  `if ((Get-MgContext).TenantId -ne ${quoted(tenantId)}) { throw ${quoted(l10n.t('This is another tenant. Nothing was written.'))} }`,
];

const writing = (plan: Plan, { connection, groups }: Proposal, now: number): readonly string[] => [
  '',
  ...comments(scriptLines(plan, groups, now)),
  `Set-Assignments -Name ${quoted(scriptLabel(plan.script))} -Uri ${quoted(`${connection.cloud.graph}${scriptPath(plan.script)}`)} \``,
  `    -Expected ${hereString({ value: plan.base.map(({ wire }) => withoutAnnotations(wire)) })} \``,
  `    -Body ${hereString(assignBody(plan))}`,
];

/**
 * A plan as a script for Microsoft Graph PowerShell. Holds for Windows PowerShell 5.1 and PowerShell 7. Each script is read first, and all
 * stops where its assignments are not the ones that the plan was made from. It has no token: it signs in by itself.
 * `now` is in milliseconds since the epoch.
 */
export const powerShell = (proposal: Proposal, now: number): string =>
  `${[
    '#Requires -Modules Microsoft.Graph.Authentication',
    ...comments(headLines(proposal)),
    "$ErrorActionPreference = 'Stop'",
    '',
    writeFunctions(proposal.connection.cloud.graph),
    ...connecting(proposal),
    ...proposal.plans.flatMap(plan => writing(plan, proposal, now)),
  ].join('\n')}\n`;
