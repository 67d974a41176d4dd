// What many histories came to together.
import type { Breach, Report } from './report.ts';

const sums = ['changes', 'writes', 'faults', 'deaths', 'lostInGap', 'lostBehind'] as const;

export interface Figures extends Record<(typeof sums)[number], number> {
  histories: number;
  /** How often each length of a gap occurred, by hundredths of a round trip: of sets of one page, and of longer ones. */
  readonly gaps: Map<number, number>;
  readonly longGaps: Map<number, number>;
  readonly told: Map<string, number>;
  readonly breaches: Map<Breach['kind'], number>;
}

export const noFigures = (): Figures => ({
  histories: 0,
  changes: 0,
  writes: 0,
  faults: 0,
  deaths: 0,
  lostInGap: 0,
  lostBehind: 0,
  gaps: new Map(),
  longGaps: new Map(),
  told: new Map(),
  breaches: new Map(),
});

const count = <Key>(counts: Map<Key, number>, key: Key, by = 1): Map<Key, number> => counts.set(key, (counts.get(key) ?? 0) + by);

export function addReport(figures: Figures, report: Report): void {
  figures.histories += 1;
  for (const key of sums) figures[key] += report[key];
  for (const key of ['gaps', 'longGaps'] as const) for (const gap of report[key]) count(figures[key], Math.round(gap * 100));
  for (const [kind, times] of report.told) count(figures.told, kind, times);
  for (const { kind } of report.breaches) count(figures.breaches, kind);
}

export function addFigures(figures: Figures, others: Figures): void {
  for (const key of ['histories', ...sums] as const) figures[key] += others[key];
  for (const key of ['gaps', 'longGaps'] as const) for (const [gap, times] of others[key]) count(figures[key], gap, times);
  for (const [kind, times] of others.told) count(figures.told, kind, times);
  for (const [kind, times] of others.breaches) count(figures.breaches, kind, times);
}

/** The length of the gap, in round trips, that this share of them does not exceed. */
export function gapAt(gaps: Figures['gaps'], share: number): number {
  const total = [...gaps.values()].reduce((sum, times) => sum + times, 0);
  let seen = 0;
  for (const [gap, times] of [...gaps].toSorted(([a], [b]) => a - b)) {
    seen += times;
    if (seen >= share * total) return gap / 100;
  }
  return Number.NaN;
}

const breachesOf = ({ breaches }: Figures, ...kinds: readonly Breach['kind'][]): number =>
  kinds.reduce((sum, kind) => sum + (breaches.get(kind) ?? 0), 0);

export const allBreaches = ({ breaches }: Figures): number => [...breaches.values()].reduce((sum, times) => sum + times, 0);

/** All figures in one line. */
export function figuresLine(figures: Figures): string {
  const { histories, changes, writes, faults, deaths, lostInGap, lostBehind, gaps } = figures;
  const parts: readonly (readonly [number, string])[] = [
    [histories, 'histories'],
    [changes, 'changes'],
    [writes, 'writes'],
    [faults, 'faults injected'],
    [deaths, 'deaths of windows'],
    [breachesOf(figures, 'lost', 'madeUp', 'opposite'), 'rows lost that the last read showed'],
    [breachesOf(figures, 'changed', 'remediation'), 'fields changed'],
    [breachesOf(figures, 'untrue', 'alarm', 'history', 'journal', 'undo'), 'false outcomes'],
    [breachesOf(figures, 'planned', 'resent', 'unread', 'slow', 'blocked'), 'other promises broken'],
    [lostInGap, 'rows lost in the gap'],
    [lostBehind, 'rows lost that a copy which was behind did not show'],
  ];
  const told = parts.map(([value, what]) => `${value.toLocaleString('en')} ${what}`);
  return [...told, `gap of sets of one page p95 ${gapAt(gaps, 0.95)}, at most ${gapAt(gaps, 1)} round trips`].join(', ');
}
