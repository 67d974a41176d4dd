// A bulk: many platform scripts to one group, as ours and as the replays that write do it, alone and with another administrator at work.
import { rowsOf, type SampleScript } from '../../src/sample/index.ts';
import { pick } from '../../src/sample/random.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import { ourBulk, ourConnection } from './ours.ts';
import { createCalls } from './replays/calls.ts';
import { replays } from './replays/index.ts';
import type { AssignCase } from './replays/replay.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

/** Milliseconds between two changes of the other administrator, and how often a bulk is disturbed, each time anew. */
const pace = 200;
const disturbances = 5;

export interface BulkResult extends Metrics {
  readonly name: string;
  readonly scripts: number;
  /** Simulated milliseconds until the last write was answered. */
  readonly writtenMs: number;
  /** Assignments that were there before the bulk, and are not after it. */
  readonly lost: number;
  /** Assignments that were there before, whose schedule is another after the bulk. */
  readonly schedules: number;
  /** Assignments that the other administrator added during further bulks, and how many of them are not there after it. */
  readonly added: number;
  readonly addedLost: number;
  /** Scripts of those bulks that have the group in the end, of how many. */
  readonly assigned: number;
  readonly wanted: number;
}

/** How many scripts of which family. */
export interface Bulk {
  readonly family: AssignCase['family'];
  readonly count: number;
}

type Act = (wire: Wire, scripts: readonly SampleScript[], groupId: string) => Promise<void>;

const groupTarget = '#microsoft.graph.groupAssignmentTarget';
const targetOf = ({ target }: ReturnType<typeof rowsOf>[number]): string =>
  `${target['@odata.type']} ${String(target['groupId']).toLowerCase()}`;
const targetsOf = (script: SampleScript): ReadonlySet<string> => new Set(rowsOf(script).map(targetOf));
const include = (groupId: string): string => `${groupTarget} ${groupId.toLowerCase()}`;

/** What a bulk is for: the first scripts, and groups of devices that none of them has. */
function caseOf(
  { tenant }: Wire,
  { family, count }: Bulk,
): { readonly scripts: readonly SampleScript[]; readonly groups: readonly string[] } {
  const scripts = tenant.state.scripts.list(family).slice(0, count);
  if (scripts.length < count) throw new Error(`The sample tenant has only ${scripts.length} scripts of ${family}.`);
  const taken = new Set(scripts.flatMap(script => [...targetsOf(script)]));
  const groups: string[] = [];
  for (const { id, kind } of tenant.state.groups.all()) {
    if (kind === 'security' && !taken.has(include(id))) groups.push(id);
    if (groups.length > 1000) break;
  }
  return { scripts, groups };
}

const missing = (before: ReadonlyMap<SampleScript, ReadonlySet<string>>): number =>
  [...before].reduce((sum, [script, targets]) => sum + [...targets].filter(target => !targetsOf(script).has(target)).length, 0);

type Row = ReturnType<typeof rowsOf>[number];

/** How many rows that are still there have another value of a field. */
function changed(before: ReadonlyMap<SampleScript, readonly Row[]>, field: (row: Row) => unknown): number {
  // Times come back with seven decimals.
  const text = (row: Row | undefined): string | undefined => JSON.stringify(row && field(row))?.replace(/\.0+"/g, '"');
  return [...before].reduce((sum, [script, rows]) => {
    const now = new Map(rowsOf(script).map(row => [targetOf(row), row]));
    return sum + rows.filter(row => now.has(targetOf(row)) && text(now.get(targetOf(row))) !== text(row)).length;
  }, 0);
}

const writtenAt = ({ sent }: Wire): number => Math.max(...sent.filter(({ writes }) => writes > 0).map(({ end }) => end));

/** Alone: the requests, the time, and what was lost although nobody else was there. */
async function alone(options: WireOptions, bulk: Bulk, act: Act) {
  const wire = createWire(options);
  const { scripts, groups } = caseOf(wire, bulk);
  const [groupId = ''] = groups;
  const before = new Map(scripts.map(script => [script, targetsOf(script)]));
  const rows = new Map(scripts.map(script => [script, rowsOf(script)]));
  await act(wire, scripts, groupId);
  return {
    ...metricsOf(wire.sent),
    writtenMs: writtenAt(wire),
    lost: missing(before),
    schedules: changed(rows, ({ runSchedule }) => runSchedule),
  };
}

/** With somebody who assigns one of the scripts, at random, to a group of their own every 200 ms, for as long as the bulk took alone. */
async function disturbed(options: WireOptions, bulk: Bulk, act: Act, forMs: number, turn: number) {
  const wire = createWire(options);
  const { scripts, groups } = caseOf(wire, bulk);
  const [groupId = '', ...theirs] = groups;
  const added: { readonly script: SampleScript; readonly target: string }[] = [];
  const others = Array.from({ length: Math.floor(forMs / pace) }, async (_, n) => {
    await wire.clock.sleep(n * pace + pick(`${options.seed}/${turn}/when/${n}`, pace));
    const script = scripts[pick(`${options.seed}/${turn}/which/${n}`, scripts.length)];
    const group = theirs[n % theirs.length];
    if (!script || group === undefined) return;
    wire.tenant.admin.add(bulk.family, script.id, { target: { '@odata.type': groupTarget, groupId: group } });
    added.push({ script, target: include(group) });
  });
  await Promise.all([act(wire, scripts, groupId), ...others]);
  return {
    added: added.length,
    addedLost: added.filter(({ script, target }) => !targetsOf(script).has(target)).length,
    assigned: scripts.filter(script => targetsOf(script).has(include(groupId))).length,
  };
}

async function measure(name: string, options: WireOptions, bulk: Bulk, act: Act): Promise<BulkResult> {
  const first = await alone(options, bulk, act);
  const sums = { added: 0, addedLost: 0, assigned: 0 };
  for (let turn = 0; turn < disturbances; turn += 1) {
    const { added, addedLost, assigned } = await disturbed(options, bulk, act, first.writtenMs, turn);
    sums.added += added;
    sums.addedLost += addedLost;
    sums.assigned += assigned;
  }
  return { name, scripts: bulk.count, ...first, ...sums, wanted: disturbances * bulk.count };
}

/** One group for many scripts: ours first. */
export async function bulks(options: WireOptions, bulk: Bulk): Promise<readonly BulkResult[]> {
  const { family } = bulk;
  const ours: Act = (wire, scripts, groupId) => ourBulk(ourConnection(wire), wire, family, scripts, groupId);
  const results = [await measure('ours', options, bulk, ours)];
  for (const { name, assign, assignMany, remediations = false } of replays) {
    if (!assign || (family === 'deviceHealthScripts' && !remediations)) continue;
    const act: Act = async (wire, scripts, groupId) => {
      const calls = createCalls(wire);
      const cases = scripts.map(({ id }) => ({ family, scriptId: id, groupId }));
      if (assignMany) return assignMany(calls, cases);
      for (const one of cases) await assign(calls, one);
    };
    results.push(await measure(name, options, bulk, act));
  }
  return results;
}
