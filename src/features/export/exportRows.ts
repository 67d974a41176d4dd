import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import { familyOf } from '../../intune/model/families.ts';
import type { Script, ScriptRef } from '../../intune/model/script.ts';
import type { Target } from '../../intune/model/target.ts';
import { hasUnknownSchedule, scheduleWords } from '../../ui/format/assignment.ts';
import { familyFailure, familyName } from '../../ui/format/family.ts';
import { groupStatus, isExclusion, type KnownGroups } from '../../ui/format/names.ts';
import type { ExportData, NotRead } from './exportData.ts';

/** One line of a table: an assignment, or a script without one. Names are as the tenant has them, not yet fit for any format. */
export interface ExportRow {
  readonly family: string;
  readonly script: string;
  readonly scriptId: string;
  readonly target: string;
  readonly group: string;
  readonly groupId: string;
  readonly filter: string;
  readonly filterMode: string;
  readonly filterId: string;
  readonly schedule: string;
  readonly source: string;
  readonly note: string;
}

const noRow: ExportRow = {
  family: '',
  script: '',
  scriptId: '',
  target: '',
  group: '',
  groupId: '',
  filter: '',
  filterMode: '',
  filterId: '',
  schedule: '',
  source: '',
  note: '',
};

/** What the columns are called, in their order. */
export const exportHeader = (): ExportRow => ({
  family: l10n.t('Family'),
  script: l10n.t('Script'),
  scriptId: l10n.t('Script ID'),
  target: l10n.t('Target'),
  group: l10n.t('Group'),
  groupId: l10n.t('Group or collection ID'),
  filter: l10n.t('Filter'),
  filterMode: l10n.t('Filter mode'),
  filterId: l10n.t('Filter ID'),
  schedule: l10n.t('Schedule'),
  source: l10n.t('Source'),
  note: l10n.t('Note'),
});

function targetKind({ target, wire }: Assignment): string {
  switch (target.kind) {
    case 'group':
      return l10n.t('Included group');
    case 'exclusionGroup':
      return l10n.t('Excluded group');
    case 'allDevices':
      return l10n.t('All devices');
    case 'allUsers':
      return l10n.t('All users');
    case 'collection':
      return l10n.t('Configuration Manager collection');
    case 'other':
      return l10n.t('Another kind of target: {0}', JSON.stringify(wire['target']));
  }
}

function groupNote({ groupId }: Target, groups: KnownGroups): string {
  if (groupId === undefined) return '';
  switch (groupStatus(groups, groupId)) {
    case 'named':
      return '';
    case 'deleted':
      return l10n.t('Deleted group');
    case 'unreadable':
      return l10n.t('Name of the group not readable');
    case 'loading':
      return l10n.t('Name of the group not read');
  }
}

function scheduleOf(assignment: Assignment, now: number): string {
  if (assignment.schedule) return scheduleWords(assignment.schedule, now);
  return hasUnknownSchedule(assignment) ? l10n.t('Another kind of schedule') : '';
}

function filterParts({ filter }: Target, names: ExportData['filterNames']): Partial<ExportRow> {
  if (!filter) return {};
  const filterMode = filter.mode === 'include' ? l10n.t('include') : l10n.t('exclude');
  return { filter: names.get(filter.id) ?? '', filterMode, filterId: filter.id };
}

const scriptParts = ({ family, id, name }: ScriptRef): Partial<ExportRow> => ({
  family: familyName(family),
  script: name === id ? '' : name,
  scriptId: id,
});

function assignmentParts(script: Script, assignment: Assignment, { groups, filterNames }: ExportData, now: number): ExportRow {
  const { target } = assignment;
  const runs = familyOf(script.family).supports.schedule && !isExclusion(target);
  return {
    ...noRow,
    ...scriptParts(script),
    target: targetKind(assignment),
    group: groups.get(target.groupId ?? '')?.name ?? '',
    groupId: target.groupId ?? target.collectionId ?? '',
    ...filterParts(target, filterNames),
    ...(runs && { schedule: scheduleOf(assignment, now) }),
    source: assignment.direct ? l10n.t('direct') : l10n.t('policy set'),
    note: groupNote(target, groups),
  };
}

function rowsOfScript(script: Script, data: ExportData, now: number): readonly ExportRow[] {
  if (script.assignments.length > 0) return script.assignments.map(assignment => assignmentParts(script, assignment, data, now));
  const note = script.notRead
    ? l10n.t('Assignments not read: {0}', familyFailure(script.family, script.notRead).short)
    : familyOf(script.family).assignKey
      ? ''
      : l10n.t('Assigned through compliance policies');
  return [{ ...noRow, ...scriptParts(script), note }];
}

/** The lines of a table: what could not be read first, so that nobody takes the rest for all. `now` is in milliseconds since the epoch. */
export const exportRows = (data: ExportData, now: number): readonly ExportRow[] => [
  ...data.notRead.map(missing => ({ ...noRow, family: familyName(missing.family), note: notReadWords(missing) })),
  ...data.gone.map(script => ({ ...noRow, ...scriptParts(script), note: l10n.t('Not found any more') })),
  ...data.scripts.flatMap(script => rowsOfScript(script, data, now)),
];

/** Why a family is missing, in a few words: "needs consent to …". */
export const notReadReason = ({ family, error }: NotRead): string =>
  error === undefined ? l10n.t('reading was ended') : familyFailure(family, error).short;

/** "Bash scripts (Linux) could not be read and are missing: needs consent to …." */
export const notReadWords = (missing: NotRead): string =>
  l10n.t('{0} could not be read and are missing: {1}.', familyName(missing.family), notReadReason(missing));
