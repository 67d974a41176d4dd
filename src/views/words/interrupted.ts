import { l10n } from 'vscode';
import { isUnsettled, isWritten, type PastChange } from '../../intune/history/pastChange.ts';
import { scriptCount } from './count.ts';
import { scriptLabel } from './script.ts';

/** What became of changes that were interrupted, in a sentence or two. `label` is what the first of them is called. */
export function interruptedWords(changes: readonly PastChange[], label: string, tenant: string): string {
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
      : l10n.t('“{0}” in {1} was interrupted: {2} is not changed.', label, tenant, name);
  };
  if (open === 0) return known();
  return l10n.t('{0} Of {1} it is not known whether they are changed.', known(), scriptCount(open));
}
