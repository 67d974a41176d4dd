import { l10n } from 'vscode';
import { isUnsettled, isWritten, type PastChange } from '../../intune/history/pastChange.ts';
import { scriptCount } from './count.ts';
import { scriptLabel } from './script.ts';

/** That the service has accepted writes and does not show them, or not all of them: it has dropped them, or somebody has changed them since. `dropped` are their ids. */
function droppedWords(changes: readonly PastChange[], dropped: ReadonlySet<string>, label: string, tenant: string): string {
  const scripts = changes.flatMap(({ writes }) =>
    writes.flatMap(({ id, script }) => (id !== undefined && dropped.has(id) ? [script] : [])),
  );
  const [only] = scripts;
  const what = only && scripts.length === 1 ? scriptLabel(only) : scriptCount(scripts.length);
  return l10n.t(
    'Intune accepted “{0}” in {1}, and does not show it as it was written: look at the assignments of {2}.',
    label,
    tenant,
    what,
  );
}

/** What became of changes whose window was closed. */
function closedWords(changes: readonly PastChange[], label: string, tenant: string): string {
  const writes = changes.flatMap(change => change.writes);
  const done = writes.filter(isWritten).length;
  const open = writes.filter(write => isUnsettled(write) || write.outcome === 'undecided').length;
  const [only] = writes;
  const known = (): string => {
    if (changes.length > 1) {
      return l10n.t(
        '{0} changes in {1} were interrupted: {2} of {3} are changed.',
        changes.length,
        tenant,
        done,
        scriptCount(writes.length),
      );
    }
    if (!only || writes.length > 1) {
      return l10n.t('“{0}” in {1} was interrupted: {2} of {3} are changed.', label, tenant, done, scriptCount(writes.length));
    }
    const name = scriptLabel(only.script);
    if (open > 0) return l10n.t('“{0}” in {1} was interrupted.', label, tenant);
    return done > 0
      ? l10n.t('“{0}” in {1} was interrupted: {2} is changed.', label, tenant, name)
      : l10n.t('“{0}” in {1} was interrupted: {2} does not show it.', label, tenant, name);
  };
  if (open === 0) return known();
  return l10n.t('{0} Of {1} it is not known whether they are changed.', known(), scriptCount(open));
}

/** What became of changes that were interrupted, or that did not show, in a sentence or two. `dropped` are ids of writes that did not show. */
export function interruptedWords(
  changes: readonly PastChange[],
  dropped: ReadonlySet<string>,
  labelOf: (change: PastChange) => string,
  tenant: string,
): string {
  const isDropped = ({ writes }: PastChange): boolean => writes.some(({ id }) => id !== undefined && dropped.has(id));
  const { gone = [], closed = [] } = Object.groupBy(changes, change => (isDropped(change) ? 'gone' : 'closed'));
  return [
    ...gone.slice(0, 1).map(first => droppedWords(gone, dropped, labelOf(first), tenant)),
    ...closed.slice(0, 1).map(first => closedWords(closed, labelOf(first), tenant)),
  ].join(' ');
}
