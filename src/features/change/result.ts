import { l10n } from 'vscode';
import { type Assignment, recipientKey } from '../../intune/model/assignment.ts';
import { type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import { expectedAssignments, type Plan, toldRows } from '../../intune/plan/plan.ts';
import type { Proposal } from '../../intune/plan/proposal.ts';
import type { AuditedChange } from '../../intune/read/auditEvents.ts';
import { shownSet, type WriteOutcome } from '../../intune/write/outcome.ts';
import { errorText, errorWords } from '../../ui/errorText.ts';
import { assignmentWords } from '../../ui/format/assignment.ts';
import { inOneLine, scriptCount } from '../../ui/format/count.ts';
import { notChangedWords } from '../../ui/format/limitation.ts';
import {
  deletedGroupName,
  isExclusion,
  type KnownGroups,
  type Names,
  scriptLabel,
  targetLabel,
  tenantTitle,
} from '../../ui/format/names.ts';
import { plainText } from '../../ui/plainText.ts';

/** A plan and what became of it. */
export interface Written {
  readonly plan: Plan;
  readonly outcome: WriteOutcome;
}

const goneWords = ({ groups }: Pick<Proposal, 'groups'>, id: string): string =>
  l10n.t('The group {0} was deleted meanwhile. Nothing new is assigned to it.', deletedGroupName(groups, id));

/** Whether nothing but what is gone was to be changed: no change is left of it, or only removals. */
export const takesAway = (changes: Plan['changes']): boolean => changes.every(({ kind }) => kind === 'remove');

/** A script that is left as it is: because it is as wanted, because what was to be removed is gone, or because it cannot be done. */
function unchangedWords(proposal: Pick<Proposal, 'shortfalls' | 'groups' | 'undoes'>, { script, changes }: Plan): string {
  const { shortfalls, groups, undoes } = proposal;
  const name = scriptLabel(script);
  const short = shortfalls.get(scriptKey(script)) ?? [];
  if (short.length > 0) return notChangedWords(name, short, groups);
  if (undoes !== undefined) return l10n.t('{0} is as it was before already.', name);
  return takesAway(changes) ? l10n.t('{0} is not assigned like this any more.', name) : l10n.t('{0} has these assignments already.', name);
}

/** The lines of a result, one for each script: those that failed first, then those that wait for approval. */
export function resultLines(
  proposal: Pick<Proposal, 'unchanged' | 'unreadable' | 'shortfalls' | 'gone' | 'groups' | 'undoes'>,
  written: readonly Written[],
): readonly string[] {
  const { unchanged, unreadable, gone } = proposal;
  const waiting = written.filter(({ outcome }) => outcome.kind === 'pending');
  const failed = written.filter(({ outcome }) => outcome.kind !== 'pending' && !succeeded(outcome));
  const done = written.filter(({ outcome }) => succeeded(outcome));
  const lines = (some: readonly Written[]): readonly string[] => some.map(({ plan, outcome }) => outcomeWords(plan.script, outcome, plan));
  return [
    ...lines(failed),
    ...unreadable.map(({ script, error }) =>
      errorText(errorWords(error, l10n.t('{0} could not be read, so nothing was written.', scriptLabel(script)))),
    ),
    ...gone.map(id => goneWords(proposal, id)),
    ...lines(waiting),
    ...lines(done),
    // With nothing left to add, that a script has all the rest says nothing.
    ...(gone.length > 0 && written.length === 0 ? [] : unchanged.map(plan => unchangedWords(proposal, plan))),
  ];
}

/** What became of the one script, naming whom it is about where that is one. */
function onlyWords({ plan, outcome }: Written, { groups }: Proposal): string {
  const done = outcome.kind === 'written' && outcome.visible && !outcome.replaced ? doneWords(plan, groups) : undefined;
  return done ?? outcomeWords(plan.script, outcome, plan);
}

/** That not all was done that was wanted, though nothing failed; undefined where it was. */
function leftWords({ unchanged, plans, shortfalls }: Proposal): string | undefined {
  const isShort = ({ script }: Plan): boolean => (shortfalls.get(scriptKey(script)) ?? []).length > 0;
  const left = unchanged.filter(isShort).length;
  if (left === 1) return l10n.t('1 script is not changed: Show Report says why.');
  if (left > 1) return l10n.t('{0} are not changed: Show Report says why.', scriptCount(left));
  return plans.some(isShort) ? l10n.t('Show Report says what was left out.') : undefined;
}

/** The result in a sentence or two, and whether all of it went well. */
export function resultSummary(proposal: Proposal, written: readonly Written[]): { readonly text: string; readonly ok: boolean } {
  const { text, ok } = writtenSummary(proposal, written);
  const left = ok ? leftWords(proposal) : undefined;
  return { text: left === undefined ? text : `${text} ${left}`, ok };
}

function writtenSummary(proposal: Proposal, written: readonly Written[]): { readonly text: string; readonly ok: boolean } {
  const tenant = tenantTitle(proposal.connection);
  const [only] = written;
  const waiting = written.filter(({ outcome }) => outcome.kind === 'pending').length;
  const failed = written.filter(({ outcome }) => !succeeded(outcome)).length - waiting + proposal.unreadable.length;
  if (only && written.length === 1 && proposal.unreadable.length === 0) {
    return { text: onlyWords(only, proposal), ok: failed === 0 };
  }
  const done = written.length + proposal.unreadable.length - failed - waiting;
  if (waiting > 0 && failed === 0) {
    const words =
      waiting === 1
        ? l10n.t('1 script in {0} waits for the approval of another administrator.', tenant)
        : l10n.t('{0} in {1} wait for the approval of another administrator.', scriptCount(waiting), tenant);
    const changed = done === 1 ? l10n.t('1 script is changed.') : l10n.t('{0} are changed.', scriptCount(done));
    return { text: done > 0 ? `${changed} ${words}` : words, ok: true };
  }
  const assigned = written.every(({ plan }) => onlyAssigns(plan));
  if (failed === 0) {
    const words = assigned
      ? l10n.t('{0} are assigned in {1}.', scriptCount(done), tenant)
      : l10n.t('{0} are changed in {1}.', scriptCount(done), tenant);
    return { text: words, ok: true };
  }
  const first = resultLines(proposal, written)[0] ?? '';
  const total = scriptCount(written.length + proposal.unreadable.length);
  const words = assigned
    ? l10n.t('{0} of {1} are assigned in {2}.', done, total, tenant)
    : l10n.t('{0} of {1} are changed in {2}.', done, total, tenant);
  return { text: `${words} ${first}`, ok: false };
}

/** Whether a script is as wanted now. */
const succeeded = (outcome: WriteOutcome): boolean => outcome.kind === 'written' && !outcome.replaced;

/** Rows of other people's groups make the whole list be refused where a role is scoped to some groups. */
const outsideScope = (plan: Plan | undefined, outcome: WriteOutcome): boolean =>
  outcome.kind === 'failed' &&
  outcome.error.kind === 'forbidden' &&
  plan?.rows.some(({ action, assignment }) => action === 'keep' && assignment.target.groupId !== undefined) === true;

/** Whether a plan does nothing but add whom a script reaches. */
const onlyAssigns = (plan: Plan | undefined): boolean =>
  plan !== undefined && toldRows(plan).every(({ action, assignment }) => action === 'add' && !isExclusion(assignment.target));

const doneSentence = (name: string, plan: Plan | undefined): string =>
  onlyAssigns(plan) ? l10n.t('{0} is assigned.', name) : l10n.t('The assignments of {0} are changed.', name);

function withReason(name: string, reason: (WriteOutcome & { readonly kind: 'notSent' })['reason']): string {
  switch (reason) {
    case 'journal':
      return l10n.t('{0} was not written: the journal on this computer cannot be written, and nothing is changed without it.', name);
    case 'writeMethod':
      return l10n.t('{0} was not written: the setting intuneScripts.writeMethod allows nothing but adding a single group.', name);
    case 'busy':
      return l10n.t('{0} was not written: another window looks after changes. Try again in a moment.', name);
    case 'passed':
      return l10n.t('{0} was not written: the date of its run-once schedule has passed, and devices would run it at once.', name);
    case 'late':
      return l10n.t('{0} was not written: it took too long. Try again.', name);
    case 'notWaiting':
      return l10n.t('{0} was not written: its change does not wait for approval any more.', name);
  }
}

function failedWords(name: string, outcome: WriteOutcome & { readonly kind: 'failed' }, plan: Plan | undefined): string {
  const text = errorText(errorWords(outcome.error, l10n.t('The assignments of {0} could not be changed.', name)));
  return outsideScope(plan, outcome) ? l10n.t('{0} It is also assigned to groups that may be outside the scope of your role.', text) : text;
}

/** After a lost answer, what Intune shows is said, and that it tells nothing for certain. */
function unknownWords(name: string, { now, asked }: WriteOutcome & { readonly kind: 'unknown' }, plan: Plan | undefined): string {
  if (asked) return l10n.t('{0}: the answer was lost. A request for its approval may be waiting: look in the Intune admin center.', name);
  switch (plan && now ? shownSet(plan, now) : 'before') {
    case 'before':
      return l10n.t('{0}: the answer was lost, and Intune does not show the change. It may still be made: refresh in a few minutes.', name);
    case 'wanted':
      return l10n.t('{0}: the answer was lost. Intune shows the change, but that may be an older state: refresh in a few minutes.', name);
    case 'another':
      return l10n.t(
        '{0}: the answer was lost, and Intune shows other assignments. It is not known whether your change was made: look at them.',
        name,
      );
  }
}

/** What became of one script, in a sentence or two that name it. `plan` is the one that was written. */
function outcomeWords(script: ScriptRef, outcome: WriteOutcome, plan?: Plan): string {
  const name = scriptLabel(script);
  switch (outcome.kind) {
    case 'written':
      if (!outcome.visible) return l10n.t('{0} Intune does not show it yet.', doneSentence(name, plan));
      return outcome.replaced
        ? l10n.t('{0} Somebody may have changed it just before, and that is not there any more: look at it.', doneSentence(name, plan))
        : doneSentence(name, plan);
    case 'changedAfter':
      return outcome.missing.length > 0
        ? l10n.t('{0} was written, but assignments are missing now. Refresh and look at them.', name)
        : l10n.t('{0} Somebody else changed its assignments at the same time.', doneSentence(name, plan));
    case 'conflict':
      return l10n.t('{0} was changed since the plan was made, and stays as it is.', name);
    case 'unknown':
      return unknownWords(name, outcome, plan);
    case 'needsApproval':
      return l10n.t('{0} was not written: Multi Admin Approval protects it, and nobody was asked yet.', name);
    case 'pending':
      return l10n.t('The change of {0} waits for the approval of another administrator.', name);
    case 'cancelled':
      return l10n.t('{0} was not written: canceled.', name);
    case 'notSent':
      return withReason(name, outcome.reason);
    case 'failed':
      return failedWords(name, outcome, plan);
  }
}

/** What a plan has done, naming its one target: "X is assigned to HR Devices." Undefined where it is about several, or about none. */
function doneWords(plan: Plan, groups: KnownGroups): string | undefined {
  const { script, rows } = plan;
  const [only, ...more] = toldRows(plan);
  if (!only || more.length > 0) return undefined;
  const { target } = only.assignment;
  // Another row still reaches it: of a policy set, or with another filter.
  const isBeside = rows.some(row => row !== only && recipientKey(row.assignment.target) === recipientKey(target));
  if (only.action === 'remove' && isBeside) return undefined;
  const [name, label, excluded] = [scriptLabel(script), targetLabel(target, groups), isExclusion(target)];
  if (only.action === 'change') {
    return excluded
      ? l10n.t('The exclusion of {0} from {1} is changed.', label, name)
      : l10n.t('The assignment of {0} to {1} is changed.', name, label);
  }
  if (only.action === 'add')
    return excluded ? l10n.t('{0} is excluded from {1}.', label, name) : l10n.t('{0} is assigned to {1}.', name, label);
  return excluded ? l10n.t('{0} is no longer excluded from {1}.', label, name) : l10n.t('{0} is no longer assigned to {1}.', name, label);
}

function side(title: string, plan: Plan, rows: readonly Assignment[], { groups, filters }: Names, now: number): string {
  const words = (row: Assignment): string =>
    inOneLine([targetLabel(row.target, groups), ...assignmentWords(plan.script.family, row, now, filters)]);
  const lines = rows.map(row => `    ${words(row)}`);
  return [`  ${title}`, ...(lines.length > 0 ? lines.sort() : [l10n.t('    not assigned')])].join('\n');
}

/** "Changed by anna@contoso.com at 14:02", with the day where it was another one. In the time of this computer. */
function whoWords({ who, at }: AuditedChange, now: number): string {
  const moment = new Date(at);
  const today = moment.toDateString() === new Date(now).toDateString();
  const time = today ? moment.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : moment.toLocaleString();
  return l10n.t('Changed by {0} at {1}', plainText(who), time);
}

/** The three sides of a conflict: what the plan started from, what is there now, and what was wanted. `by` where that may be told. */
export function conflictText(plan: Plan, found: readonly Assignment[], names: Names, now: number, by?: AuditedChange): string {
  return [
    scriptLabel(plan.script),
    ...(by ? [`  ${whoWords(by, now)}`] : []),
    side(l10n.t('When the plan was made'), plan, plan.base, names, now),
    side(l10n.t('Now'), plan, found, names, now),
    side(l10n.t('Wanted'), plan, expectedAssignments(plan), names, now),
    '',
  ].join('\n');
}
