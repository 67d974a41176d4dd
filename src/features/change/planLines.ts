// Lines for comments. Each is one line, whatever the tenant has put into its names.
import { l10n } from 'vscode';
import type { Plan, PlannedRow } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import { assignmentWords } from '../../ui/format/assignment.ts';
import { inOneLine, scriptCount } from '../../ui/format/count.ts';
import { scriptKindName } from '../../ui/format/family.ts';
import { isExclusion, type KnownGroups, scriptLabel, targetWords, tenantTitle } from '../../ui/format/names.ts';
import { plainText } from '../../ui/plainText.ts';

/** What has to be known before a plan is carried out by other means. */
export function headLines({ connection, at, plans, unreadable }: Proposal): readonly string[] {
  const { tenantId, account, sample } = connection;
  const read = new Date(at).toISOString();
  return [
    l10n.t('Assignments of {0} in {1} (tenant {2})', scriptCount(plans.length), tenantTitle(connection), tenantId),
    l10n.t('Planned by {0} from what was read at {1}', plainText(account), read),
    l10n.t('Each write replaces the whole set of assignments of its script.'),
    l10n.t('It is right only as long as nobody has changed the assignments since {0}.', read),
    ...(sample ? [l10n.t('This is the sample tenant: its IDs exist nowhere else.')] : []),
    ...(unreadable.length > 0 ? [l10n.t('Left out, because it could not be read: {0}', scriptCount(unreadable.length))] : []),
  ];
}

function rowLine({ script }: Plan, { action, assignment }: PlannedRow, groups: KnownGroups, now: number): string {
  const { target } = assignment;
  const words = inOneLine([targetWords(target, groups), ...(isExclusion(target) ? [] : assignmentWords(script.family, assignment, now))]);
  switch (action) {
    case 'add':
      return l10n.t('Adds {0}', words);
    case 'change':
      return l10n.t('Changes {0}', words);
    case 'remove':
      return l10n.t('Removes {0}', targetWords(target, groups));
    case 'keep':
      return l10n.t('Keeps {0}', words);
    case 'policySet':
      return l10n.t('Leaves {0} to its policy set', targetWords(target, groups));
  }
}

/** Which script a plan is for, and what becomes of each of its assignments. */
export const scriptLines = (plan: Plan, groups: KnownGroups, now: number): readonly string[] => [
  l10n.t('Script: {0} ({1})', scriptLabel(plan.script), scriptKindName(plan.script.family)),
  ...plan.rows.map(row => `  ${rowLine(plan, row, groups, now)}`),
];

/** Lines as comments, in languages in which `#` starts one. */
export const comments = (lines: readonly string[]): readonly string[] => lines.map(line => `# ${plainText(line)}`);

/**
 * JSON as it is sent, for people to read and for other tools to send. Characters beyond ASCII are escaped, so that no tool's idea of an
 * encoding changes them and no quotation mark of theirs ends a PowerShell string; so is what clients of `.http` files take for a variable.
 */
export const planJson = (value: unknown): string =>
  JSON.stringify(value, undefined, 2)
    .replace(/[^\x20-\x7E\n]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('{{', '\\u007b\\u007b');
