import { l10n } from 'vscode';
import { isLeft, isUnsettled, type PastChange } from '../intune/history/pastChange.ts';
import { type Recovered, recover, type SeenSince } from '../intune/history/recovery.ts';
import type { Connection } from '../intune/read/connection.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import type { ChangeNode } from '../views/nodes.ts';
import { changeLabel } from '../views/words/change.ts';
import { interruptedWords } from '../views/words/interrupted.ts';
import type { ConnectionParts } from './requireConnection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

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

/** Milliseconds after which is looked again while another window is at it. */
const soon = 60_000;

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
