// Watches one script: each set that the service takes over is held against what was there, what was read, and what was to become of it.
import { families } from '../../src/sample/families.ts';
import type { SampleScript, StoredRow } from '../../src/sample/index.ts';
import type { Exchange, OpenWindow } from './computer.ts';
import { type Delta, deltaOf, showsDelta } from './model.ts';
import type { Report } from './report.ts';
import { areOpposite, filterOf, recipientOf, textOf } from './spelling.ts';
import { recipientsOfChange, type Wrong, wrongFlags, wrongRows } from './verdict.ts';

/** One set that the script has had. */
export interface Entry {
  readonly by: OpenWindow | 'somebody' | 'nobody';
  readonly at: number;
  readonly rows: readonly StoredRow[];
  /** Whom the change to it concerns. */
  readonly recipients: ReadonlySet<string>;
}

/** What one window has read last, all pages of it. */
interface Read {
  /** How many sets there had been when the service answered. */
  readonly sets: number;
  readonly shown: readonly StoredRow[];
  readonly receivedAt: number;
  readonly pages: number;
}

/** One write of ours, from its plan to whatever becomes of it. */
export interface Attempt {
  readonly window: OpenWindow;
  readonly changeId: string;
  readonly delta: Delta;
  /** The place of the last set when it was planned, and the time. */
  from: number;
  at: number;
  /** The place of the set that it made; undefined where it made none. */
  commit: number | undefined;
  /** Requests that were sent for it, and those of them after it was done. */
  sent: number;
  sentSinceDone: number;
  /** Whether the service took it and has lost it. */
  lost: boolean;
  /** Its start in the journal, once it was sent. */
  startId: string | undefined;
}

export interface Witness {
  readonly entries: readonly Entry[];
  /** By the id of their change: the last one of each. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  /** A window is about to write. */
  begin(window: OpenWindow, changeId: string, before: readonly StoredRow[], after: readonly StoredRow[]): Attempt;
  attemptOf(window: OpenWindow): Attempt | undefined;
  /** The service answers a first page. */
  serves(exchange: Exchange): void;
  /** A window gets a page. */
  read(exchange: Exchange, rows: readonly StoredRow[], isFirst: boolean): void;
  /** The service gets a write, and has served it. */
  sends(exchange: Exchange, rows: readonly StoredRow[]): void;
  written(exchange: Exchange, additive: boolean): void;
  /** Somebody else acts. */
  intrude(act: () => void): void;
}

export interface WitnessParts {
  readonly report: Report;
  readonly now: () => number;
  readonly latencyMs: number;
  /** The id of the last start of a script in a change, as it is on disk. */
  readonly startOf: (script: SampleScript, changeId: string) => string | undefined;
}

const rowsFor = (rows: readonly StoredRow[], recipient: string): string =>
  rows
    .filter(({ target }) => recipientOf(target) === recipient)
    .map(textOf)
    .toSorted()
    .join();

export function createWitness(script: SampleScript, { report, now, latencyMs, startOf }: WitnessParts): Witness {
  const { scheduled } = families[script.family];
  const entries: Entry[] = script.versions.map(({ rows }) => ({ by: 'nobody', at: now(), rows, recipients: new Set() }));
  const attempts = new Map<string, Attempt>();
  const current = new Map<OpenWindow, Attempt>();
  const reads = new Map<OpenWindow, Read>();
  const served = new WeakMap<Exchange, number>();
  /** Whom we have overridden without knowing of it: a copy that is behind may show them for a while. */
  const overridden = new Set<string>();

  const breach = (kind: Report['breaches'][number]['kind'], text: string): void => {
    report.breaches.push({ kind, text: `${script.family} ${script.id.slice(0, 4)}: ${text}` });
  };

  function add(by: Entry['by']): Entry {
    const rows = script.versions.at(-1)?.rows ?? [];
    report.story.push(
      `  is now ${script.id.slice(0, 4)}: ${rows.map(row => `${recipientOf(row.target).slice(0, 30)} ${filterOf(row.target).slice(0, 11)}`).join(', ')}`,
    );
    const entry: Entry = { by, at: now(), rows, recipients: recipientsOfChange(entries.at(-1)?.rows ?? [], rows) };
    entries.push(entry);
    return entry;
  }

  /**
   * A row that is not as it should be. It is of the gap where somebody else touched it there, and of a copy that was behind where they did before
   * and the read did not show it; else a promise was broken: above all where the last who touched it were we.
   */
  function judge({ row, kind }: Wrong, commit: number, read: Read): void {
    const recipient = recipientOf(row.target);
    const last = entries.findLastIndex(({ recipients }, index) => index < commit && recipients.has(recipient));
    const entry = entries[last];
    const isTold = kind === 'lost' || kind === 'changed';
    const isBehind = rowsFor(read.shown, recipient) !== rowsFor(entry?.rows ?? [], recipient);
    if (entry?.by === 'somebody' && last >= read.sets) report.lostInGap += isTold ? 1 : 0;
    else if (isBehind && (entry?.by === 'somebody' || overridden.has(recipient))) report.lostBehind += isTold ? 1 : 0;
    else breach(kind, `${row.runRemediationScript} ${textOf(row)}`);
    overridden.add(recipient);
  }

  function judgeGap(exchange: Exchange, read: Read): void {
    const ms = exchange.sentAt - read.receivedAt;
    (read.pages === 1 ? report.gaps : report.longGaps).push(1 + ms / latencyMs);
    if (read.pages === 1 && ms > 0) breach('slow', `${ms} ms from the last read to the write`);
  }

  return {
    entries,
    attempts,
    begin(window, changeId, before, after) {
      const attempt: Attempt = {
        window,
        changeId,
        delta: deltaOf(before, after),
        from: entries.length - 1,
        at: now(),
        commit: undefined,
        sent: 0,
        sentSinceDone: 0,
        lost: false,
        startId: undefined,
      };
      current.set(window, attempt);
      attempts.set(changeId, attempt);
      reads.delete(window);
      return attempt;
    },
    attemptOf: window => current.get(window),
    serves: exchange => void served.set(exchange, entries.length),
    read(exchange, rows, isFirst) {
      const before = isFirst ? undefined : reads.get(exchange.window);
      const sets = served.get(exchange) ?? before?.sets ?? entries.length;
      reads.set(exchange.window, {
        sets: before?.sets ?? sets,
        shown: [...(before?.shown ?? []), ...rows],
        receivedAt: before?.receivedAt ?? now(),
        pages: (before?.pages ?? 0) + 1,
      });
    },
    sends({ window }, rows) {
      const attempt = current.get(window);
      if (!attempt) return breach('unread', 'written without a plan');
      attempt.sent += 1;
      if (attempt.commit !== undefined) attempt.sentSinceDone += 1;
      attempt.startId = startOf(script, attempt.changeId);
      if (attempt.startId === undefined) breach('journal', 'written without a start on disk');
      const shown = reads.get(window)?.shown ?? [];
      for (const [index, row] of rows.entries()) {
        const pair = rows.slice(index + 1).find(other => areOpposite(row.target, other.target));
        const both = [row, ...(pair ? [pair] : [])].every(one => shown.some(of => recipientOf(of.target) === recipientOf(one.target)));
        if (pair && !both) breach('opposite', `${recipientOf(row.target)} both ways`);
      }
    },
    written(exchange, additive) {
      if (script.versions.length <= entries.length) return;
      const { window } = exchange;
      const before = entries.at(-1)?.rows ?? [];
      const { rows: after } = add(window);
      const commit = entries.length - 1;
      const attempt = current.get(window);
      if (!attempt) return;
      report.writes += 1;
      if (attempt.commit !== undefined) breach('resent', 'written more than once');
      attempt.commit = commit;
      const read = reads.get(window);
      if (!read) return breach('unread', 'written without a last read');
      if (!additive) judgeGap(exchange, read);
      const made = { before, after, additive };
      for (const wrong of wrongRows(made, attempt.delta)) judge(wrong, commit, read);
      if (scheduled) for (const { row } of wrongFlags(made)) breach('remediation', textOf(row));
    },
    intrude(act) {
      act();
      add('somebody');
    },
  };
}

/** Whether a change showed at any time since it was planned, whoever made it. */
export const everShowed = ({ entries }: Pick<Witness, 'entries'>, { delta, from }: Attempt): boolean =>
  entries.slice(from).some(({ rows }) => showsDelta(rows, delta));

/** Whether it was so before, as what an undo wants was: a copy that is behind shows it. */
export const showedBefore = ({ entries }: Pick<Witness, 'entries'>, { delta, from }: Attempt): boolean =>
  entries.slice(0, from).some(({ rows }) => showsDelta(rows, delta));
