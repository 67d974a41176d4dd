import { l10n } from 'vscode';
import type { FamilyId } from '../../intune/families.ts';
import type { Plan } from '../../intune/plan.ts';
import type { Proposal } from '../../intune/proposal.ts';
import type { Reach } from '../../intune/reach.ts';
import { type Warning, warningsOf } from '../../intune/warnings.ts';
import { plainText } from '../plainText.ts';
import { groupCount, scriptCount } from '../words/count.ts';
import { familyName } from '../words/family.ts';
import { groupLabel } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { scriptLabel } from '../words/script.ts';
import { warningWords } from '../words/warning.ts';
import { whenItRuns } from '../words/whenItRuns.ts';

/** The modal's text. It has at most {@link mostLines} lines of detail, so that its buttons stay on a small screen. */
export interface ReviewText {
  readonly message: string;
  readonly detail: string;
  /** The button that does it, naming act and tenant. */
  readonly act: string;
}

export const mostLines = 12;
const mostOfEach = 5;
const mostWarnings = 2;
const longestName = 48;
/** In a list, a name leaves room for what is said of it. */
const longestListed = 34;

/** A name that fits into a line of a dialog. */
export const clipped = (name: string, longest = longestName): string => {
  const characters = [...name];
  return characters.length > longest
    ? `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : name;
};

const cloudWords = ({ connection }: Proposal): string | undefined =>
  connection.cloud.id === 'global' ? undefined : new URL(connection.cloud.graph).host;

/** Which tenant, by whom: first, for a change in the wrong tenant is the worst of all. */
const whereWords = (proposal: Proposal): string => {
  const { sample, tenantName, account } = proposal.connection;
  const name = plainText(tenantName);
  return inOneLine([sample ? l10n.t('Sample tenant {0}', name) : name, plainText(account), cloudWords(proposal)]);
};

const number = new Intl.NumberFormat('en');

/** On how many a group has an effect. */
export function reachWords({ devices, users }: Reach): string {
  if (devices === undefined && users === undefined) return l10n.t('unknown number of devices and users');
  const deviceWords =
    devices === undefined
      ? l10n.t('unknown number of devices')
      : devices === 1
        ? l10n.t('1 device')
        : l10n.t('{0} devices', number.format(devices));
  const userWords =
    users === undefined ? l10n.t('unknown number of users') : users === 1 ? l10n.t('1 user') : l10n.t('{0} users', number.format(users));
  if (devices === 0 && users === 0) return l10n.t('empty');
  if (devices === 0) return userWords;
  return users === 0 ? deviceWords : l10n.t('{0}, {1}', deviceWords, userWords);
}

/** The first `room` of some lines; the last of them says how many more there are. */
function limited(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  const shown = lines.slice(0, Math.max(0, room - 1));
  return [...shown, l10n.t('and {0} more', lines.length - shown.length)];
}

/** What a plan does, in counts: "adds 2, keeps 3". */
export function planWords({ rows }: Plan): string {
  const count = (...actions: readonly string[]): number => rows.filter(({ action }) => actions.includes(action)).length;
  const parts: readonly (readonly [number, string])[] = [
    [count('add'), l10n.t('adds {0}', count('add'))],
    [count('remove'), l10n.t('removes {0}', count('remove'))],
    [count('change'), l10n.t('changes {0}', count('change'))],
    [count('keep', 'foreign'), l10n.t('keeps {0}', count('keep', 'foreign'))],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([, words]) => words)
    .join(', ');
}

function runLines(proposal: Proposal): readonly string[] {
  const families = [...new Set<FamilyId>(proposal.plans.map(({ script }) => script.family))];
  const [only] = families;
  if (only && families.length === 1) return [whenItRuns(only)];
  return [l10n.t('When they run differs: {0}. Show Plan tells for each.', families.map(familyName).join(', '))];
}

const sameWarning = (warning: Warning): string => ('groupId' in warning ? `${warning.kind}${warning.groupId}` : warning.kind);

/** The warnings of all plans, each once, most important first. */
export function warningLines(proposal: Proposal, now: number): readonly string[] {
  const warnings = proposal.plans.flatMap(plan => warningsOf(plan, proposal, now));
  const distinct = [...new Map(warnings.map(warning => [sameWarning(warning), warning])).values()];
  const assumed = proposal.plans.filter(plan => plan.remediationAssumed).length;
  const unreadable = proposal.unreadable.length;
  return [
    ...(unreadable > 0 ? [l10n.t('{0} could not be read and will not be changed.', scriptCount(unreadable))] : []),
    ...(assumed > 0 ? [l10n.t('Intune does not tell whether existing assignments remediate. They will be written as “remediate”.')] : []),
    ...distinct.map(warning => warningWords(warning, proposal.groups)),
  ];
}

/** The review of a proposal. `now` is in milliseconds since the epoch. */
export function reviewText(proposal: Proposal, now: number): ReviewText {
  const { plans, reach, groups, connection } = proposal;
  const warnings = limited(warningLines(proposal, now), mostWarnings).map(line => `⚠ ${line}`);
  const runs = runLines(proposal);
  const groupLines = [...reach].map(([id, one]) => l10n.t('{0}: {1}', clipped(groupLabel(groups, id), longestListed), reachWords(one)));
  const scriptLines = plans.map(plan => l10n.t('{0}: {1}', clipped(scriptLabel(plan.script), longestListed), planWords(plan)));
  const room = mostLines - 1 - runs.length - warnings.length;
  const groupRoom = Math.min(mostOfEach, Math.max(Math.floor(room / 2), room - Math.min(scriptLines.length, mostOfEach)));
  const shownGroups = limited(groupLines, groupRoom);
  const shownScripts = limited(scriptLines, Math.min(mostOfEach, room - shownGroups.length));
  const [onlyPlan] = plans;
  const subject = onlyPlan && plans.length === 1 ? `“${clipped(scriptLabel(onlyPlan.script))}”` : scriptCount(plans.length);
  const [onlyGroup] = reach.keys();
  const tenant = clipped(plainText(connection.tenantName));
  const object = onlyGroup !== undefined && reach.size === 1 ? `“${clipped(groupLabel(groups, onlyGroup))}”` : groupCount(reach.size);
  return {
    message: onlyGroup === undefined ? l10n.t('Change the assignments of {0}?', subject) : l10n.t('Assign {0} to {1}?', subject, object),
    detail: [whereWords(proposal), ...shownScripts, ...shownGroups, ...runs, ...warnings].join('\n'),
    act: onlyGroup === undefined ? l10n.t('Change in {0}', tenant) : l10n.t('Assign in {0}', tenant),
  };
}
