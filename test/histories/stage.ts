// What a history is played on, and the others who act there.
import { families } from '../../src/sample/families.ts';
import { rowsOf, type SampleScript, type SampleTenant, type StoredRow } from '../../src/sample/index.ts';
import type { JsonObject } from '../../src/sample/wire/json.ts';
import type { FakeClock } from '../unit/graph/fakeClock.ts';
import type { Computer, OpenWindow } from './computer.ts';
import type { Act, History } from './history.ts';
import { afterAct } from './model.ts';
import type { Report } from './report.ts';
import type { Witness } from './witness.ts';

export interface Watched {
  readonly script: SampleScript;
  readonly witness: Witness;
}

export interface Stage {
  readonly history: History;
  readonly report: Report;
  readonly clock: FakeClock;
  readonly tenant: SampleTenant;
  readonly computer: Computer;
  /** By script id. */
  readonly watched: ReadonlyMap<string, Watched>;
  /** The window at a place: a new one, where the last one has died. */
  window(place: 0 | 1): OpenWindow;
}

/** A row as it stands in a body of `assign`, its flag apart. */
export const rowJson = ({ target, runSchedule, more }: StoredRow): JsonObject => ({ ...more, target, ...(runSchedule && { runSchedule }) });

export const shortId = ({ id }: SampleScript): string => id.slice(0, 4);

/** Somebody else changes a script; a copy that is not behind shows it at once. */
export function intrude({ tenant, report }: Stage, { script, witness }: Watched, act: Act): void {
  report.changes += 1;
  report.story.push(`somebody: ${act.kind} ${shortId(script)}`);
  const rows = afterAct(rowsOf(script), act, families[script.family].scheduled).map(row => ({
    ...rowJson(row),
    runRemediationScript: row.runRemediationScript,
  }));
  witness.intrude(() => tenant.admin.assign(script.family, script.id, rows));
}
