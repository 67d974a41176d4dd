// Watches one script while we write: each set that the service takes over is held against what was there and what was wished.
import { families } from '../../src/sample/families.ts';
import type { SampleScript, StoredRow } from '../../src/sample/index.ts';
import { isAsWished, type Wish } from './model.ts';
import type { Report } from './report.ts';
import { recipientOf, textOf } from './spelling.ts';
import { recipientsOfChange, type Wrong, wrongFlags, wrongRows } from './verdict.ts';

type Version = SampleScript['versions'][number];

/** What is known of one script when a step begins. */
export interface Expectation {
  readonly wishes: readonly Wish[];
  /** Milliseconds that are not to pass between last read and write; undefined where something may be wrong. */
  readonly longestGapMs: number | undefined;
}

export interface Witness {
  /** A step of ours begins. */
  begin(expectation: Expectation): void;
  /** Our write begins: only what is read from now on is a last read. */
  beginWrite(): void;
  /** The first page of the set was read. */
  read(now: number): void;
  /** The service got a write. */
  written(path: string, now: number, latencyMs: number): void;
  /** Somebody else acts. */
  intrude(act: () => void): void;
  /** Sets of ours that the service took over in this step. */
  readonly commits: number;
  /** Whether everything was as wished at some time of this step. */
  wasAsWished(): boolean;
}

const rowsOfVersion = (version: Version | undefined): readonly StoredRow[] => version?.rows ?? [];

export function createWitness(script: SampleScript, report: Report): Witness {
  const { scheduled } = families[script.family];
  const known = new WeakSet<Version>(script.versions);
  let expectation: Expectation = { wishes: [], longestGapMs: undefined };
  let begun = 0;
  let lastRead: number | undefined;
  let commits = 0;
  /** Whom others have touched since our last read. */
  const touched = new Set<string>();
  /** Rows of whom others touched in a gap: a set of before it may still be shown later, and then they go or come again. */
  const disputed = new Set<string>();

  const breach = (kind: Report['breaches'][number]['kind'], text: string): void => {
    report.breaches.push({ kind, text: `${script.family} ${script.id.slice(0, 4)}: ${text}` });
  };

  /** A row that is not as it should be: of the gap, where somebody else touched it there. */
  function judge({ row, kind }: Wrong): void {
    const text = textOf(row);
    if (touched.has(recipientOf(row.target))) {
      if (kind === 'lost' || kind === 'changed') report.lostInGap += 1;
    } else if (!disputed.has(text)) breach(kind, `${row.runRemediationScript} ${text}`);
  }

  function judgeGap(now: number, latencyMs: number): void {
    if (lastRead === undefined) {
      breach('unread', 'the whole set was written without a last read');
      return;
    }
    const ms = now - lastRead;
    if (latencyMs > 0) report.gaps.push(ms / latencyMs);
    if (expectation.longestGapMs !== undefined && ms > expectation.longestGapMs) breach('slow', `${ms} ms from last read to write`);
  }

  return {
    begin(next) {
      expectation = next;
      begun = script.versions.length - 1;
      commits = 0;
      lastRead = undefined;
      touched.clear();
    },
    beginWrite() {
      lastRead = undefined;
    },
    read(now) {
      lastRead = now;
      touched.clear();
    },
    written(path, now, latencyMs) {
      const index = script.versions.findIndex(version => !known.has(version));
      const version = script.versions[index];
      if (!version) return;
      known.add(version);
      commits += 1;
      report.writes += 1;
      if (commits > 1) breach('resent', 'written more than once');
      const additive = path.endsWith('/assignments');
      const { wishes } = expectation;
      const commit = { before: rowsOfVersion(script.versions[index - 1]), after: version.rows, additive };
      if (!additive) judgeGap(now, latencyMs);
      for (const row of [...commit.before, ...commit.after]) if (touched.has(recipientOf(row.target))) disputed.add(textOf(row));
      for (const wrong of wrongRows(commit, wishes)) judge(wrong);
      if (scheduled) for (const wrong of wrongFlags(commit)) judge(wrong);
    },
    intrude(act) {
      const before = rowsOfVersion(script.versions.at(-1));
      act();
      const last = script.versions.at(-1);
      if (last) known.add(last);
      for (const recipient of recipientsOfChange(before, rowsOfVersion(last))) touched.add(recipient);
    },
    get commits() {
      return commits;
    },
    wasAsWished: () => script.versions.slice(begun).some(({ rows }) => isAsWished(rows, expectation.wishes)),
  };
}
