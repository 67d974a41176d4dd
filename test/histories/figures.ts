// What many histories came to together.
import type { Breach, Report } from './report.ts';

export interface Figures {
  histories: number;
  changes: number;
  writes: number;
  faults: number;
  lostInGap: number;
  /** How often each length of a gap occurred, by hundredths of a round trip. */
  readonly gaps: Map<number, number>;
  readonly breaches: Map<Breach['kind'], number>;
}

export const noFigures = (): Figures => ({
  histories: 0,
  changes: 0,
  writes: 0,
  faults: 0,
  lostInGap: 0,
  gaps: new Map(),
  breaches: new Map(),
});

const count = <Key>(counts: Map<Key, number>, key: Key, by = 1): Map<Key, number> => counts.set(key, (counts.get(key) ?? 0) + by);

export function addReport(figures: Figures, report: Report): void {
  figures.histories += 1;
  for (const key of ['changes', 'writes', 'faults', 'lostInGap'] as const) figures[key] += report[key];
  for (const gap of report.gaps) count(figures.gaps, Math.round(gap * 100));
  for (const { kind } of report.breaches) count(figures.breaches, kind);
}

export function addFigures(figures: Figures, others: Figures): void {
  for (const key of ['histories', 'changes', 'writes', 'faults', 'lostInGap'] as const) figures[key] += others[key];
  for (const [gap, times] of others.gaps) count(figures.gaps, gap, times);
  for (const [kind, times] of others.breaches) count(figures.breaches, kind, times);
}

/** The length of the gap, in round trips, that this share of them does not exceed. */
export function gapAt({ gaps }: Figures, share: number): number {
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
  const { histories, changes, writes, faults, lostInGap } = figures;
  const parts: readonly (readonly [number, string])[] = [
    [histories, 'histories'],
    [changes, 'changes'],
    [writes, 'writes'],
    [faults, 'faults injected'],
    [breachesOf(figures, 'lost', 'madeUp'), 'lost outside the gap'],
    [breachesOf(figures, 'changed', 'remediation'), 'fields changed'],
    [breachesOf(figures, 'untrue', 'journal', 'resent', 'unread', 'slow'), 'other promises broken'],
    [lostInGap, 'lost in the gap'],
  ];
  const told = parts.map(([value, what]) => `${value.toLocaleString('en')} ${what}`);
  return [...told, `gap p95 ${gapAt(figures, 0.95)} round trips`].join(', ');
}
