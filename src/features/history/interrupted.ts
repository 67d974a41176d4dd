import { l10n } from 'vscode';
import type { ConnectionParts } from '../../app/connection.ts';
import { isLeft, isUnsettled, isWritten, type PastChange } from '../../intune/history/pastChange.ts';
import { type Recovered, recover, type SeenSince, soon } from '../../intune/history/recovery.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { changeLabel } from '../../ui/format/change.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { scriptLabel, tenantTitle } from '../../ui/format/names.ts';
import type { ChangeNode } from '../../ui/nodes.ts';
import type { WriteCommandParts } from '../change/writeAccess.ts';

export interface InterruptedParts extends Pick<WriteCommandParts, 'journal' | 'clock' | 'log' | 'settings'> {
  /** What this window has seen of writes that are open. */
  readonly seen: SeenSince;
  readonly say: ConnectionParts['say'];
  readonly warn: ConnectionParts['say'];
  readonly resume: (node: ChangeNode) => Promise<void>;
  readonly showReport: (node: ChangeNode) => Promise<void>;
  /** Brings the Changes view to the front. */
  readonly focusChanges: () => PromiseLike<unknown>;
  /** Tells the Changes view whether something is open. */
  readonly update: (open: boolean) => Promise<void>;
}

/** What the journal was when nothing was open. */
const cleanKey = 'journalWithoutOpen';
const dayMs = 24 * 3_600_000;

const hasOpen = ({ writes }: PastChange): boolean => writes.some(isUnsettled);

async function tell(parts: InterruptedParts, connection: Connection, { changes, news, dropped }: Recovered) {
  const [first] = news;
  if (!first) return;
  const labelOf = (change: PastChange): string => changeLabel(change, connection.inventory.groups, changes);
  const text = interruptedWords(news, dropped, labelOf, tenantTitle(connection));
  parts.log.info(text);
  const node: ChangeNode = { kind: 'change', connection: connection.key, change: first };
  const left = news.some(({ writes }) => writes.some(isLeft));
  const resume = l10n.t('Resume…');
  const report = l10n.t('Show Report');
  const show = l10n.t('Open Changes');
  const one = news.length === 1;
  const buttons = [...(one && left && !parts.settings().readOnly ? [resume] : []), one ? report : show];
  const chosen = await (left || news.some(hasOpen) ? parts.warn : parts.say)(text, ...buttons);
  if (chosen === resume) await parts.resume(node);
  if (chosen === report) await parts.showReport(node);
  if (chosen === show) await parts.focusChanges();
}

/**
 * Looks after changes whose window was closed or died: settles by reading what nobody knows the outcome of, says once what became of them,
 * and forgets what is old. Asks for nothing but what a silent session may read. Resolves to the milliseconds after which another look can
 * tell more; undefined where nothing is open.
 */
export async function lookAfterInterrupted(parts: InterruptedParts, connection: Connection): Promise<number | undefined> {
  const journal = parts.journal(connection);
  const { memory } = connection;
  // Once a day it is read all the same, for what is old by then.
  const stamp = async (): Promise<string> => `${Math.floor(parts.clock.now() / dayMs)} ${await journal.fingerprint()}`;
  const seen = await stamp();
  if (memory.get(cleanKey) === seen) return undefined;
  const done = await journal.exclusively(() => recover(connection.client, journal, memory, parts.seen, parts.clock));
  if (!done) return soon;
  const { changes, lookAgainIn } = done.value;
  await parts.update(changes.some(hasOpen));
  // Not awaited: a notification may stand for hours.
  void tell(parts, connection, done.value).catch(parts.log.error);
  if (lookAgainIn !== undefined) return lookAgainIn;
  // What another window has written since was not looked at.
  if ((await stamp()) !== seen) return soon;
  await memory.set(cleanKey, seen);
  return undefined;
}

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
function interruptedWords(
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
