import { l10n } from 'vscode';
import type { Assignment } from '../intune/assignment.ts';
import type { PastChange, PastWrite } from '../intune/history/pastChange.ts';
import { plainText } from './plainText.ts';
import { assignmentWords } from './words/assignment.ts';
import { changeLabel, groupsOf, outcomeWord, summaryWord } from './words/change.ts';
import { scriptKindName } from './words/family.ts';
import type { KnownGroups } from './words/group.ts';
import { inOneLine } from './words/list.ts';
import { scriptLabel } from './words/script.ts';
import { targetWords } from './words/target.ts';

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });

/** The rows of one side; the words of a schedule that has passed go by the time of the change. */
function side(title: string, { script }: PastWrite, rows: readonly Assignment[], groups: KnownGroups, now: number): readonly string[] {
  const lines = rows.map(row => `    ${inOneLine([targetWords(row.target, groups), ...assignmentWords(script.family, row, now)])}`);
  return [`  ${title}`, ...(lines.length > 0 ? lines.sort() : [l10n.t('    not assigned')])];
}

function section(write: PastWrite, groups: KnownGroups, at: number): readonly string[] {
  const outcome = write.undone ? inOneLine([outcomeWord(write.outcome), l10n.t('undone')]) : outcomeWord(write.outcome);
  return [
    l10n.t('{0} ({1}): {2}', scriptLabel(write.script), scriptKindName(write.script.family), outcome),
    ...(write.id === undefined
      ? []
      : [...side(l10n.t('Before'), write, write.before, groups, at), ...side(l10n.t('After'), write, write.after, groups, at)]),
    '',
  ];
}

export interface ChangeTextContext {
  readonly tenantName: string;
  readonly groups: KnownGroups;
  /** All changes, newest first. */
  readonly changes: readonly PastChange[];
}

/** All that the journal tells of a change: who, where, when, and the rows of each script before and after it. */
export function changeText(change: PastChange, { tenantName, groups, changes }: ChangeTextContext): string {
  const known = groupsOf(change, groups);
  return [
    changeLabel(change, groups, changes),
    inOneLine([plainText(tenantName), plainText(change.account), dateAndTime.format(new Date(change.at))]),
    summaryWord(change),
    '',
    ...change.writes.flatMap(write => section(write, known, Date.parse(change.at))),
  ].join('\n');
}
