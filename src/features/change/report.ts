import { l10n } from 'vscode';
import { isUnsettled, isWritten, type PastChange, type PastWrite } from '../../intune/history/pastChange.ts';
import type { Assignment } from '../../intune/model/assignment.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { errorText, errorWords } from '../../ui/errorText.ts';
import { assignmentWords } from '../../ui/format/assignment.ts';
import { approvalWord, changeLabel, differenceWords, effectsOf, groupsOf, outcomeWord } from '../../ui/format/change.ts';
import { amount, inOneLine, scriptCount } from '../../ui/format/count.ts';
import { scriptKindName } from '../../ui/format/family.ts';
import { type KnownGroups, scriptLabel, targetLabel } from '../../ui/format/names.ts';
import { markdownText, plainText } from '../../ui/plainText.ts';
import { sortByName } from '../../ui/sort.ts';

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

/** What needs somebody comes first. */
const order: readonly ItemResult[] = ['failed', 'notApproved', 'notKnown', 'pending', 'notSent', 'running', 'changed', 'asWanted'];

function heading(result: ItemResult): string {
  switch (result) {
    case 'failed':
      return l10n.t('Failed');
    case 'notApproved':
      return l10n.t('Not approved');
    case 'notKnown':
      return l10n.t('Not known');
    case 'pending':
      return l10n.t('Waiting for approval');
    case 'notSent':
      return l10n.t('Not sent');
    case 'running':
      return l10n.t('Being written');
    case 'changed':
      return l10n.t('Changed');
    case 'asWanted':
      return l10n.t('Not changed');
  }
}

/** The rows of one side in a line below the script. */
const side = (title: string, rows: readonly string[] | undefined): readonly string[] =>
  rows ? [`  - ${title}: ${rows.length > 0 ? rows.map(markdownText).sort().join('; ') : l10n.t('not assigned')}`] : [];

function itemLines({ script, result, effects, notes, before, after }: ReportItem): readonly string[] {
  const name = `**${markdownText(scriptLabel(script))}** (${markdownText(scriptKindName(script.family))})`;
  const words = inOneLine([effects.map(markdownText).join(', '), ...notes.map(markdownText)]);
  const then = result === 'changed' ? l10n.t('After') : l10n.t('Wanted');
  return [words === '' ? `- ${name}` : `- ${name}: ${words}`, ...side(l10n.t('Before'), before), ...side(then, after)];
}

function section(result: ItemResult, items: readonly ReportItem[]): readonly string[] {
  if (items.length === 0) return [];
  const sorted = sortByName(
    items,
    ({ script }) => scriptLabel(script),
    ({ script }) => script.id,
  );
  return [`## ${heading(result)} (${amount(items.length)})`, '', ...sorted.flatMap(itemLines), ''];
}

/** A report as a Markdown document that also reads well as it stands: counts first, then each script with what became of it. */
export function reportText({ title, line, notes, items }: Report): string {
  const byResult = Map.groupBy(items, ({ result }) => result);
  const found = order.flatMap(result => (byResult.has(result) ? [[result, byResult.get(result) ?? []] as const] : []));
  return [
    `# ${markdownText(title)}`,
    '',
    markdownText(line),
    '',
    ...notes.flatMap(note => [markdownText(note), '']),
    ...found.map(([result, some]) => `- ${heading(result)}: ${scriptCount(some.length)}`),
    '',
    ...found.flatMap(([result, some]) => section(result, some)),
  ].join('\n');
}

/** What became of one script. `notApproved`: its request for approval ended without it; `notSent`: nothing was sent for it. Both are as they were. */
type ItemResult = 'failed' | 'notApproved' | 'notKnown' | 'pending' | 'notSent' | 'running' | 'changed' | 'asWanted';

/** One script in a report. */
interface ReportItem {
  readonly script: ScriptRef;
  readonly result: ItemResult;
  /** What was done to its assignments, or was to be done. */
  readonly effects: readonly string[];
  /** What else there is to know: why it failed, who was in between. */
  readonly notes: readonly string[];
  /** Its assignments, one a text, where they are known. `after` is what was wanted, where it is not known to be there. */
  readonly before?: readonly string[] | undefined;
  readonly after?: readonly string[] | undefined;
}

/** What a change came to. */
export interface Report {
  readonly title: string;
  /** Who, where, when. */
  readonly line: string;
  /** What there is to know of the change as a whole. Sentences. */
  readonly notes: readonly string[];
  readonly items: readonly ReportItem[];
}
