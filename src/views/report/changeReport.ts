import { l10n } from 'vscode';
import { isUnsettled, isWritten, type PastChange, type PastWrite } from '../../intune/history/pastChange.ts';
import type { Assignment } from '../../intune/model/assignment.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { errorText, errorWords } from '../errorWords.ts';
import { plainText } from '../plainText.ts';
import { approvalWord } from '../words/approval.ts';
import { assignmentWords } from '../words/assignment.ts';
import { changeLabel, differenceWords, effectsOf, groupsOf, outcomeWord } from '../words/change.ts';
import type { KnownGroups } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import { targetLabel } from '../words/target.ts';
import type { ItemResult, Report, ReportItem } from './reportItem.ts';

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const dateWords = (at: string): string => dateAndTime.format(new Date(at));

function resultOf(write: PastWrite): ItemResult {
  if (isWritten(write)) return 'changed';
  if (isUnsettled(write) || write.outcome === 'undecided' || write.outcome === 'notShown') return 'notKnown';
  switch (write.outcome) {
    case 'running':
    case 'pending':
      return write.outcome;
    case 'failed':
      return write.refused ? 'notApproved' : 'failed';
    case 'conflict':
      return 'failed';
    default:
      return 'notSent';
  }
}

/** What of an outcome its heading does not say. */
function notesOn({ outcome, error, refused, undone, resumed }: PastWrite): readonly string[] {
  return [
    ...(outcome === 'changedAfter' || outcome === 'conflict' || outcome === 'notShown' ? [outcomeWord(outcome)] : []),
    ...(refused ? [approvalWord(refused)] : []),
    ...(error ? [errorText(errorWords(error))] : []),
    ...(undone ? [l10n.t('undone later')] : []),
    ...(resumed ? [l10n.t('resumed later')] : []),
  ];
}

export interface ChangeReportContext {
  readonly tenantName: string;
  readonly groups: KnownGroups;
  /** All changes, newest first. */
  readonly changes: readonly PastChange[];
}

/** The words of a schedule that has passed go by the time of the change. */
function itemOf(write: PastWrite, groups: KnownGroups, at: number, shortfalls: readonly string[]): ReportItem {
  const rows = (side: readonly Assignment[]): readonly string[] | undefined =>
    write.id === undefined
      ? undefined
      : side.map(row => inOneLine([targetLabel(row.target, groups), ...assignmentWords(write.script.family, row, at)]));
  const effects = effectsOf(write).map(difference => differenceWords(difference, groups, isWritten(write)));
  return {
    script: write.script,
    result: resultOf(write),
    effects,
    notes: [...notesOn(write), ...shortfalls],
    before: rows(write.before),
    after: rows(write.after),
  };
}

/** That a change is the rest of another, or that others are the rest of it. */
function restNotes(change: PastChange, { groups, changes }: ChangeReportContext): readonly string[] {
  const first = changes.find(({ id }) => id === change.resumes);
  return [
    ...(first ? [l10n.t('The rest of “{0}” of {1}.', changeLabel(first, groups, changes), dateWords(first.at))] : []),
    ...changes.filter(({ resumes }) => resumes === change.id).map(({ at }) => l10n.t('Resumed: {0}.', dateWords(at))),
  ];
}

/** All that the journal tells of a change: who, where, when, and what became of each script. */
export function changeReport(change: PastChange, context: ChangeReportContext): Report {
  const groups = groupsOf(change, context.groups);
  const at = Date.parse(change.at);
  const shortfallsOf = (script: ScriptRef): readonly string[] => change.shortfalls.get(scriptKey(script)) ?? [];
  return {
    title: changeLabel(change, context.groups, context.changes),
    line: inOneLine([plainText(context.tenantName), plainText(change.account), dateWords(change.at)]),
    notes: restNotes(change, context),
    items: [
      ...change.writes.map(write => itemOf(write, groups, at, shortfallsOf(write.script))),
      ...change.unreadable.map(
        ({ script, error }): ReportItem => ({ script, result: 'notSent', effects: [], notes: [errorText(errorWords(error))] }),
      ),
      ...change.asWanted.map((script): ReportItem => ({ script, result: 'asWanted', effects: [], notes: shortfallsOf(script) })),
    ],
  };
}
