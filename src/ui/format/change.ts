import { l10n } from 'vscode';
import { type ApprovalState, type Followed, isApproved } from '../../intune/history/approvals.ts';
import {
  type Difference,
  isLeft,
  isUnsettled,
  isWritten,
  type PastChange,
  type PastOutcome,
  type PastWrite,
} from '../../intune/history/pastChange.ts';
import { type Assignment, areOpposite, newAssignment, targetOfKey } from '../../intune/model/assignment.ts';
import type { Change } from '../../intune/model/change.ts';
import type { KnownGroup } from '../../intune/model/group.ts';
import { targetedGroupIds } from '../../intune/read/inventory.ts';
import { amount } from './count.ts';
import { isExclusion, type KnownGroups, targetLabel } from './names.ts';

/** All rows that a change is about, as far as they are known. */
const rowsOf = ({ before, after, wanted }: PastWrite): readonly Assignment[] => [
  ...before,
  ...after,
  ...wanted.flatMap(effectOf).map(({ assignment }) => assignment),
];

/** The names of a change's groups: those of now where they are known, else those of then. */
export function groupsOf({ writes, groupNames }: PastChange, known: KnownGroups): KnownGroups {
  const ids = targetedGroupIds(writes.map(write => ({ ...write.script, isGlobal: false, assignments: rowsOf(write) })));
  const group = (id: string): KnownGroup => {
    const now = known.get(id);
    const then = groupNames.get(id);
    if (now?.status === 'named' || then === undefined) return now ?? { id, status: 'unreadable' };
    return { id, status: 'named', name: then };
  };
  return new Map(ids.map(id => [id, group(id)]));
}

function effectOf(change: Change): readonly Difference[] {
  if (change.kind === 'set' && change.replaces !== undefined)
    return [{ kind: 'changed', before: change.assignment, assignment: change.assignment }];
  if ('assignment' in change) return [{ kind: 'added', assignment: change.assignment }];
  const target = targetOfKey(change.targetKey);
  if (!target) return [];
  const assignment = newAssignment(target);
  return [change.kind === 'remove' ? { kind: 'removed', assignment } : { kind: 'changed', before: assignment, assignment }];
}

/** What a change is about: a write that never started wants what it says. */
export function effectsOf({ differences, wanted }: PastWrite): readonly Difference[] {
  const effects = differences.length > 0 ? differences : wanted.flatMap(effectOf);
  const added = effects.filter(({ kind }) => kind === 'added');
  // What goes for the opposite of the same group is part of that.
  const isPart = ({ kind, assignment }: Difference): boolean =>
    kind === 'removed' && added.some(other => areOpposite(other.assignment.target, assignment.target));
  return effects.filter(effect => !isPart(effect));
}

type Act = 'assign' | 'exclude' | 'remove' | 'include' | 'change';

function actOf({ kind, assignment: { target } }: Difference): Act {
  if (kind === 'changed') return 'change';
  if (isExclusion(target)) return kind === 'added' ? 'exclude' : 'include';
  return kind === 'added' ? 'assign' : 'remove';
}

function actWords(act: Act, targets: readonly string[]): string {
  const [only = ''] = targets;
  const one = targets.length === 1;
  const count = targets.length;
  switch (act) {
    case 'assign':
      return one ? l10n.t('Assign to {0}', only) : l10n.t('Assign to {0} groups', count);
    case 'exclude':
      return one ? l10n.t('Exclude {0}', only) : l10n.t('Exclude {0} groups', count);
    case 'include':
      return one ? l10n.t('No longer exclude {0}', only) : l10n.t('No longer exclude {0} groups', count);
    case 'remove':
      return one ? l10n.t('Remove {0}', only) : l10n.t('Remove {0} groups', count);
    case 'change':
      return one ? l10n.t('Edit assignment to {0}', only) : l10n.t('Edit assignments to {0} groups', count);
  }
}

/** What a change is called: "Assign to HR Devices". `all` are the changes that one may take back. */
export function changeLabel(change: PastChange, known: KnownGroups, all: readonly PastChange[] = []): string {
  if (change.undoes !== undefined) {
    const undone = all.find(({ id }) => id === change.undoes);
    return undone ? l10n.t('Undo: {0}', changeLabel(undone, known, all.slice(all.indexOf(undone) + 1))) : l10n.t('Undo');
  }
  const groups = groupsOf(change, known);
  const effects = change.writes.flatMap(effectsOf);
  const [act, ...others] = new Set(effects.map(actOf));
  if (act === undefined || others.length > 0) return l10n.t('Change assignments');
  const targets = new Map(effects.map(({ assignment: { target } }) => [`${target.kind}${target.groupId ?? target.collectionId}`, target]));
  return actWords(
    act,
    [...targets.values()].map(target => targetLabel(target, groups)),
  );
}

function exclusionWords(kind: Difference['kind'], name: string, done: boolean): string {
  switch (kind) {
    case 'added':
      return done ? l10n.t('excluded {0}', name) : l10n.t('to exclude {0}', name);
    case 'removed':
      return done ? l10n.t('no longer excludes {0}', name) : l10n.t('to no longer exclude {0}', name);
    case 'changed':
      return done ? l10n.t('changed the exclusion of {0}', name) : l10n.t('to change the exclusion of {0}', name);
  }
}

/** What a write did to a row, "added HR Devices"; or, where it was not done or nobody knows, what it was to do: "to add HR Devices". */
export function differenceWords({ kind, assignment: { target } }: Difference, groups: KnownGroups, done: boolean): string {
  const name = targetLabel(target, groups);
  if (isExclusion(target)) return exclusionWords(kind, name, done);
  switch (kind) {
    case 'added':
      return done ? l10n.t('added {0}', name) : l10n.t('to add {0}', name);
    case 'removed':
      return done ? l10n.t('removed {0}', name) : l10n.t('to remove {0}', name);
    case 'changed':
      return done ? l10n.t('changed {0}', name) : l10n.t('to change {0}', name);
  }
}

/** How a write ended, in a word or two. */
export function outcomeWord(outcome: PastOutcome): string {
  switch (outcome) {
    case 'written':
      return l10n.t('written');
    case 'changedAfter':
      return l10n.t('written, then changed');
    case 'conflict':
      return l10n.t('not written: changed meanwhile');
    case 'failed':
      return l10n.t('failed');
    case 'cancelled':
      return l10n.t('not written');
    case 'notStarted':
      return l10n.t('not started');
    case 'running':
      return l10n.t('being written');
    case 'pending':
      return l10n.t('waits for approval');
    case 'unknown':
    case 'unsettled':
      return l10n.t('not known yet whether it was written');
    case 'undecided':
      return l10n.t('not known whether it was written');
    case 'notShown':
      return l10n.t('not there: never written, or taken back since');
  }
}

/** That nobody knows the outcome of some writes. */
export const unsettledWords = (count: number): string =>
  count === 1
    ? l10n.t('It is not known yet whether 1 script was changed.')
    : l10n.t('It is not known yet whether {0} scripts were changed.', amount(count));

/** How a change ended, in a few words. `states` are those of requests for approval, where they are known. */
export function summaryWord({ writes }: PastChange, states?: Followed['states']): string {
  const [first] = writes;
  const approved = writes.filter(write => isApproved(write, states)).length;
  if (approved > 0 && approved < writes.length) return l10n.t('{0} of {1} approved, to be finished', approved, writes.length);
  if (approved > 0) return approvalWord('approved');
  const done = writes.filter(isWritten);
  if (done.length > 0 && writes.every(({ undone }) => undone)) return l10n.t('undone');
  if (first?.refused && writes.every(({ refused }) => refused === first.refused)) return approvalWord(first.refused);
  if (first && writes.every(({ outcome }) => outcome === first.outcome)) return outcomeWord(first.outcome);
  if (done.length === writes.length) return l10n.t('written');
  if (writes.some(({ outcome }) => outcome === 'running')) return l10n.t('{0} of {1} done so far', done.length, writes.length);
  return l10n.t('{0} of {1} done', done.length, writes.length);
}

/** Whether a change calls for somebody: something of it is not known, was not done or is left to do. */
export const needsAttention = ({ writes }: PastChange): boolean =>
  writes.some(write => isUnsettled(write) || isLeft(write) || (write.outcome === 'conflict' && !write.resumed));

/** How a request for approval stands, in a word or two; undefined where nobody knows how. */
export function approvalWord(state: ApprovalState | undefined): string {
  switch (state) {
    case 'approved':
      return l10n.t('approved, to be finished');
    case 'rejected':
      return l10n.t('rejected');
    case 'expired':
      return l10n.t('request expired');
    case 'cancelled':
      return l10n.t('request canceled');
    case 'completed':
      return l10n.t('completed');
    case 'needsApproval':
    case undefined:
      return l10n.t('waits for approval');
  }
}

/** How a request ended that nobody finished. */
export const refusedAs = (state: ApprovalState | undefined): PastWrite['refused'] =>
  state === 'rejected' || state === 'expired' ? state : 'cancelled';

/** Why a request ended that nobody finished, as a sentence that names its script. */
export function refusedWords(name: string, refused: PastWrite['refused']): string {
  switch (refused) {
    case 'rejected':
      return l10n.t('The request to change {0} was rejected. Nothing was changed.', name);
    case 'expired':
      return l10n.t('The request to change {0} has expired. Nothing was changed.', name);
    default:
      return l10n.t('The request to change {0} was canceled. Nothing was changed.', name);
  }
}

/** How many requests wait for another administrator, or for whoever asked. */
export const pendingWords = (count: number): string =>
  count === 1 ? l10n.t('1 change waits for approval.') : l10n.t('{0} changes wait for approval.', amount(count));
