// What a history is played on, and the others who act there.
import { families } from '../../src/sample/families.ts';
import { rowsOf, type SampleScript, type StoredRow } from '../../src/sample/index.ts';
import type { JsonObject } from '../../src/sample/wire/json.ts';
import type { Act, History } from './history.ts';
import { afterAct, type Wish } from './model.ts';
import type { Report } from './report.ts';
import type { Witness } from './witness.ts';
import type { World } from './world.ts';

export interface Watched {
  readonly script: SampleScript;
  readonly witness: Witness;
  /** What we want of it in this step. */
  wishes: readonly Wish[];
  /** Writes that were sent in this step, done or not. */
  sent: number;
  /** The one of them that was done, and those after it. */
  sentSinceDone: number;
}

export interface Stage {
  readonly history: History;
  readonly world: World;
  readonly report: Report;
  /** By script id. */
  readonly watched: ReadonlyMap<string, Watched>;
}

/** A row as it stands in a body of `assign`, its flag apart. */
export const rowJson = ({ target, runSchedule, more }: StoredRow): JsonObject => ({ ...more, target, ...(runSchedule && { runSchedule }) });

export const shortId = ({ id }: SampleScript): string => id.slice(0, 4);

/** Somebody else changes a script; the service shows it at once. */
export function intrude({ world, report }: Stage, { script, witness }: Watched, act: Act): void {
  report.changes += 1;
  report.story.push(`somebody: ${act.kind} ${shortId(script)}`);
  const rows = afterAct(rowsOf(script), act, families[script.family].scheduled).map(row => ({
    ...rowJson(row),
    runRemediationScript: row.runRemediationScript,
  }));
  witness.intrude(() => world.tenant.admin.assign(script.family, script.id, rows));
}
