import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import { isGroupTarget, type Target } from '../../intune/model/target.ts';
import { isEditable } from '../../intune/plan/editAssignment.ts';
import { isRemovable } from '../../intune/plan/removals.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import type { FamilyState } from '../../intune/read/inventory.ts';
import type { RunSummaryState } from '../../intune/read/runSummary.ts';
import { errorText, errorWords } from '../../ui/errorText.ts';
import { assignedWords, assignmentWords } from '../../ui/format/assignment.ts';
import { ageWords, inOneLine, scriptCount } from '../../ui/format/count.ts';
import { type FailureWords, familyDescription, familyFailure, familyName, scriptKindName } from '../../ui/format/family.ts';
import { groupLabel, groupStatus, isExclusion, isRepeated, scriptLabel, shortId, targetIcons, targetLabel } from '../../ui/format/names.ts';
import { allCounts, ranWords, waitingWords } from '../../ui/format/runSummary.ts';
import type { AssignmentNode, FamilyNode, GroupNode, GroupScriptNode, RunSummaryNode, ScriptNode } from '../../ui/nodes.ts';
import { plainText, visibleName } from '../../ui/plainText.ts';
import { deletedGroupsOf, reachesSomebody } from '../../ui/scriptFilters.ts';
import { groupUse } from './groupsTree.ts';
import { type Icon, type Row, type RowContext, warningIcon } from './row.ts';

const icons: Readonly<Record<FamilyId, string>> = {
  deviceManagementScripts: 'terminal-powershell',
  deviceHealthScripts: 'tools',
  deviceShellScripts: 'terminal-bash',
  deviceCustomAttributeShellScripts: 'tag',
  configurationPolicies: 'terminal-linux',
  deviceComplianceScripts: 'shield',
};

function iconOf(family: FamilyId, state: FamilyState | undefined): Icon {
  if (state?.status === 'failed') return warningIcon;
  return { id: state?.status === 'loading' ? 'loading~spin' : icons[family] };
}

const failureOf = (family: FamilyId, state: FamilyState | undefined): FailureWords | undefined =>
  state?.status === 'failed' ? familyFailure(family, state.error) : undefined;

/** A failure, with what is still shown from before. */
const failedLines = (failure: FailureWords | undefined, stale: boolean): readonly string[] => [
  ...(failure ? [failure.long] : []),
  ...(failure && stale ? [l10n.t('The scripts below were read earlier.')] : []),
];

/** The row of a family: its name and count, or why it could not be read. */
export function familyRow({ family }: FamilyNode, { inventory }: RowContext): Row {
  const state = inventory.families.get(family);
  const count = state?.scripts?.length;
  const failure = failureOf(family, state);
  const name = familyName(family);
  const lines = failedLines(failure, count !== undefined);
  return {
    label: name,
    description: inOneLine([count === undefined ? undefined : String(count), failure?.short]),
    icon: iconOf(family, state),
    expandable: count !== undefined && count > 0,
    capabilities: ['family', 'refresh'],
    spoken: [[name, ...(count === undefined ? [] : [scriptCount(count)])].join(', '), ...lines].join('. '),
    tooltip: [name, ...lines, familyDescription(family)],
  };
}

/** What can be done with a script, wherever it is shown. */
function scriptCapabilities({ family }: Pick<Script, 'family'>): Row['capabilities'] {
  const { assignKey, supports } = familyOf(family);
  const targets = (['allDevices', 'allUsers', 'exclude'] as const).filter(target => supports[target]);
  return ['script', ...(assignKey ? (['assign', ...targets] as const) : []), 'portal', 'id'];
}

function lastModified({ lastModified: when }: Script): string | undefined {
  const time = Date.parse(when ?? '');
  return Number.isFinite(time) ? l10n.t('Last modified: {0}', new Date(time).toLocaleString()) : undefined;
}

const runsAs = ({ runAsAccount }: Script): string | undefined => {
  if (runAsAccount === 'system') return l10n.t('Runs as: system');
  return runAsAccount === 'user' ? l10n.t('Runs as: the signed-in user') : undefined;
};

/** What a tooltip tells of a script, name first. */
const scriptTooltip = (script: Script): readonly string[] =>
  [
    scriptLabel(script),
    script.description === undefined ? undefined : plainText(script.description),
    inOneLine([familyName(script.family), assignedWords(script)]),
    script.fileName === undefined ? undefined : l10n.t('File: {0}', plainText(script.fileName)),
    script.notRead ? l10n.t('Its assignments could not be read: {0}.', familyFailure(script.family, script.notRead).short) : undefined,
    runsAs(script),
    script.onlyDetects ? l10n.t('Only detects: it has no remediation script.') : undefined,
    script.isGlobal ? l10n.t('Published by Microsoft: it can be assigned, but its content cannot be changed.') : undefined,
    lastModified(script),
    l10n.t('ID: {0}', plainText(script.id)),
  ].filter(line => line !== undefined);

/** "Remediation 'Disk cleanup'". */
const spokenScript = (script: Script): string => l10n.t("{0} '{1}'", scriptKindName(script.family), scriptLabel(script));

const spokenAssigned = (script: Script): string => {
  if (!reachesSomebody(script) || !familyOf(script.family).assignKey) return assignedWords(script);
  return l10n.t('assigned to {0}', assignedWords(script));
};

/** The row of a script: its name and whom it reaches. */
export function scriptRow({ script }: ScriptNode, { inventory, namesakes }: RowContext): Row {
  const deleted = deletedGroupsOf(script, inventory.groups).length;
  const warning = deleted > 0 ? l10n.t('{0} deleted', deleted) : undefined;
  const detects = script.onlyDetects ? l10n.t('only detects') : undefined;
  const unclear = script.name === script.id || namesakes.has(scriptKey(script));
  const hint = unclear ? shortId(script.id) : undefined;
  return {
    label: scriptLabel(script),
    description: inOneLine([hint, assignedWords(script), detects, warning]),
    icon: script.notRead ? warningIcon : { id: script.isGlobal ? 'verified' : 'file-code' },
    expandable: familyOf(script.family).runSummary || script.assignments.length > 0,
    capabilities: [
      ...scriptCapabilities(script),
      ...(script.assignments.some(row => isRemovable(script, row)) ? (['removeSome'] as const) : []),
    ],
    spoken: [spokenScript(script), spokenAssigned(script), detects, warning, hint && l10n.t('ID {0}', hint)]
      .filter(words => words !== undefined)
      .join(', '),
    tooltip: scriptTooltip(script),
  };
}

/** What a row shows of whom an assignment reaches. */
function targetParts(target: Target, context: RowContext): GroupParts {
  const icon = targetIcons[target.kind];
  if (isGroupTarget(target)) return groupParts(target.groupId, icon, context);
  return { label: targetLabel(target, context.inventory.groups), hint: undefined, icon: { id: icon }, capabilities: [], tooltip: [] };
}

/** Which filter it is, as far as that is known, and what it lets through. */
function filterLines({ target: { filter } }: Assignment, filters: KnownFilters | undefined): readonly string[] {
  if (!filter) return [];
  const known = filters?.get(filter.id);
  return [
    ...(filters && !known ? [l10n.t('This filter does not exist any more, or your role does not show it.')] : []),
    ...(known ? [l10n.t('Filter rule: {0}', plainText(known.rule))] : []),
    l10n.t('Filter ID: {0}', filter.id),
  ];
}

function spokenTarget(target: Target, { label, capabilities }: GroupParts): string {
  const deleted = capabilities.includes('deletedGroup');
  if (isExclusion(target)) return deleted ? l10n.t('Excludes a deleted group') : l10n.t("Excludes group '{0}'", label);
  if (target.kind !== 'group') return label;
  return deleted ? l10n.t('Assigned to a deleted group') : l10n.t("Assigned to group '{0}'", label);
}

/** The row of an assignment: whom it reaches, and how. */
export function assignmentRow({ script, assignment }: AssignmentNode, context: RowContext): Row {
  const parts = targetParts(assignment.target, context);
  const words = assignmentWords(script.family, assignment, context.now, context.inventory.filters());
  return {
    label: parts.label,
    description: inOneLine([...words, parts.hint]),
    icon: parts.icon,
    expandable: false,
    capabilities: [
      'assignment',
      ...(isEditable(script, assignment) ? (['edit'] as const) : []),
      ...(isRemovable(script, assignment) ? (['remove'] as const) : []),
      ...parts.capabilities,
    ],
    spoken: [
      spokenTarget(assignment.target, parts),
      ...words.filter(word => word !== l10n.t('excluded')),
      ...(parts.hint ? [l10n.t('ID {0}', parts.hint)] : []),
    ].join(', '),
    tooltip: [parts.label, inOneLine(words), ...parts.tooltip, ...filterLines(assignment, context.inventory.filters())].filter(
      line => line !== '',
    ),
  };
}

/** The row of a script below a group: its name, its kind, and how it targets the group. */
export function groupScriptRow({ script, assignment }: GroupScriptNode, { now, inventory }: RowContext): Row {
  const excluded = isExclusion(assignment.target);
  const words = assignmentWords(script.family, assignment, now, inventory.filters());
  return {
    label: scriptLabel(script),
    description: inOneLine([scriptKindName(script.family), ...words]),
    icon: { id: excluded ? 'circle-slash' : 'file-code' },
    expandable: false,
    capabilities: [
      ...scriptCapabilities(script),
      ...(isEditable(script, assignment) ? (['edit'] as const) : []),
      ...(isRemovable(script, assignment) ? (['remove'] as const) : []),
    ],
    spoken: [spokenScript(script), ...(excluded ? [] : [l10n.t('assigned')]), ...words].join(', '),
    tooltip: scriptTooltip(script),
  };
}

/** "3 scripts · 1 excluded". */
function useWords(included: number, excluded: number): string {
  if (excluded === 0) return scriptCount(included);
  const excludes = excluded === 1 ? l10n.t('excluded from 1 script') : l10n.t('excluded from {0} scripts', excluded);
  return inOneLine([included > 0 ? scriptCount(included) : undefined, excludes]);
}

/** The row of a group: its name and how many scripts target it. */
export function groupRow({ groupId }: GroupNode, context: RowContext): Row {
  const parts = groupParts(groupId, 'organization', context);
  const { included, excluded } = groupUse(context, groupId);
  const use = useWords(included, excluded);
  return {
    label: parts.label,
    description: inOneLine([use, parts.hint]),
    icon: parts.icon,
    expandable: true,
    capabilities: [...parts.capabilities, 'removeSome'],
    spoken: [l10n.t("Group '{0}'", parts.label), use].join(', '),
    tooltip: [parts.label, use, ...parts.tooltip],
  };
}

/** What a row shows of a group, wherever it is shown. */
interface GroupParts {
  readonly label: string;
  /** The start of its id, where the label alone does not tell which group it is. */
  readonly hint: string | undefined;
  readonly icon: Icon;
  readonly capabilities: Row['capabilities'];
  /** Lines after the name. */
  readonly tooltip: readonly string[];
}

const idLine = (id: string): string => l10n.t('ID: {0}', id);

function explanation(status: ReturnType<typeof groupStatus>): readonly string[] {
  if (status === 'deleted') return [l10n.t('This group does not exist any more. Intune still keeps the assignment.')];
  if (status === 'unreadable') return [l10n.t('Your account is not allowed to read the name of this group.')];
  return [];
}

/** The parts of a group that is included (`organization`), or of one that is excluded (`circle-slash`). */
function groupParts(id: string, icon: string, { inventory: { groups }, repeated }: RowContext): GroupParts {
  const status = groupStatus(groups, id);
  const label = groupLabel(groups, id);
  const tooltip = [...explanation(status), idLine(id)];
  switch (status) {
    case 'loading':
      return { label, hint: undefined, icon: { id: 'loading~spin' }, capabilities: ['id'], tooltip };
    case 'deleted':
      return { label, hint: shortId(id), icon: warningIcon, capabilities: ['deletedGroup', 'id'], tooltip };
    case 'unreadable':
      return { label, hint: undefined, icon: { id: icon }, capabilities: ['targetGroup', 'portal', 'id'], tooltip };
    case 'named':
      return {
        label,
        hint: isRepeated(repeated, label) || !visibleName(groups.get(id)?.name) ? shortId(id) : undefined,
        icon: { id: icon },
        capabilities: ['targetGroup', 'portal', 'id'],
        tooltip,
      };
  }
}

type Read = Extract<RunSummaryState, { readonly status: 'read' }>;

const fixed = { expandable: false, capabilities: [] } as const;

/** How old the results are, as the service tells it; where it does not, how long ago they were read. */
const ageOf = ({ summary, readAt }: Read, ran: string, now: number): string =>
  summary.lastRun === undefined || ran === ''
    ? l10n.t('read {0}', ageWords(readAt, now))
    : l10n.t('as of {0}', ageWords(summary.lastRun, now));

function readRow(read: Read, now: number): Row {
  const { summary } = read;
  const ran = ranWords(summary);
  const label = ran === '' ? l10n.t('Not run yet') : l10n.t('Ran: {0}', ran);
  const age = ageOf(read, ran, now);
  const description = inOneLine([waitingWords(summary), age]);
  return {
    ...fixed,
    label,
    description,
    icon: { id: 'pulse' },
    spoken: [label, waitingWords(summary), age].filter(part => part).join(', '),
    tooltip: [
      l10n.t('Run results'),
      ...allCounts(summary),
      age,
      l10n.t('Devices report with a delay, and results of long ago are not counted.'),
    ],
  };
}

function failedRow(error: unknown): Row {
  const text = errorText(errorWords(error, l10n.t('The run results could not be read.')));
  return {
    ...fixed,
    label: l10n.t('Run results could not be read'),
    description: errorWords(error).message,
    icon: warningIcon,
    spoken: text,
    tooltip: [l10n.t('Run results'), text],
  };
}

/** The first row below a script: how it ran, as far as that is known by now. */
export function runSummaryRow({ script }: RunSummaryNode, { runSummary, now }: RowContext): Row {
  const state = runSummary(script);
  if (state?.status === 'read') return readRow(state, now);
  if (state?.status === 'failed') return failedRow(state.error);
  const label = l10n.t('Reading run results…');
  return { ...fixed, label, icon: { id: 'loading~spin' }, spoken: label, tooltip: [label] };
}
