// Plays a row of random histories, or one of them again.
import fc from 'fast-check';
import { history } from '../../histories/arbitraryHistory.ts';
import { addReport, type Figures, noFigures } from '../../histories/figures.ts';
import { play } from '../../histories/play.ts';
import type { Report } from '../../histories/report.ts';

/** A history in which a promise was broken, as it can be played again. */
export interface Failure {
  readonly seed: number;
  readonly path: string;
  readonly text: string;
}

export interface Played {
  readonly figures: Figures;
  readonly failures: readonly Failure[];
}

const told = ({ breaches }: Report): string => breaches.map(({ kind, text }) => `${kind}: ${text}`).join('\n');

/** Plays `count` histories to their end, whatever comes out. */
export async function playMany(seed: number, count: number): Promise<Played> {
  const figures = noFigures();
  const failures: Failure[] = [];
  const add = async (of: Parameters<typeof play>[0]): Promise<void> => {
    const path = String(figures.histories);
    const report = await play(of);
    addReport(figures, report);
    if (report.breaches.length > 0) failures.push({ seed, path, text: told(report) });
  };
  await fc.assert(fc.asyncProperty(history, add), { seed, numRuns: count });
  return { figures, failures };
}

/** Plays one history again, made as small as it goes if it fails; undefined if it does not. */
export async function playAgain(seed: number, path: string): Promise<string | undefined> {
  let report: Report | undefined;
  const keeps = async (of: Parameters<typeof play>[0]): Promise<boolean> => {
    const played = await play(of);
    if (played.breaches.length > 0) report = played;
    return played.breaches.length === 0;
  };
  // All of the histories before are left out, and the one of the path is the only one.
  const details = await fc.check(fc.asyncProperty(history, keeps), { seed, path, numRuns: Number(path.split(':')[0]) + 1 });
  if (!report) return undefined;
  return `${JSON.stringify(details.counterexample?.[0], undefined, 2)}\n${report.story.join('\n')}\n${told(report)}\npath ${details.counterexamplePath}`;
}
