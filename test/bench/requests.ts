// The three comparisons of requests: a cold tree, one assignment, one search for a group. All times are simulated.
import { rowsOf } from '../../src/sample/index.ts';
import { type Metrics, metricsOf } from './metrics.ts';
import { ourAssign, ourColdTree, ourConnection, ourFindGroup } from './ours.ts';
import { createCalls } from './replays/calls.ts';
import { replays } from './replays/index.ts';
import type { AssignCase } from './replays/replay.ts';
import { createWire, type Wire, type WireOptions } from './wire.ts';

export interface TreeResult extends Metrics {
  readonly name: string;
  readonly families: number;
  readonly firstMs: number;
  readonly completeMs: number;
}

export interface AssignResult extends Metrics {
  readonly name: string;
  /** Requests from the user's act until the write was answered, and when that was. */
  readonly httpToWritten: number;
  readonly writtenMs: number;
  readonly doneMs: number;
}

export interface SearchResult extends Metrics {
  readonly name: string;
  readonly ms: number;
}

async function measureTree(
  name: string,
  families: number,
  options: WireOptions,
  load: (wire: Wire, first: () => void) => Promise<void>,
): Promise<TreeResult> {
  const wire = createWire(options);
  let firstMs: number | undefined;
  await load(wire, () => (firstMs ??= wire.now()));
  const completeMs = wire.now();
  return { name, families, ...metricsOf(wire.sent), firstMs: firstMs ?? completeMs, completeMs };
}

/** A cold tree: ours first. */
export async function coldTrees(options: WireOptions): Promise<readonly TreeResult[]> {
  const results = [await measureTree('ours', 6, options, (wire, first) => ourColdTree(ourConnection(wire), first))];
  for (const { name, families, coldTree } of replays) {
    results.push(await measureTree(name, families, options, (wire, first) => coldTree(createCalls(wire), first)));
  }
  return results;
}

/** The first platform script with two groups or more, and a group that it does not have. */
function assignCase({ tenant }: Wire): AssignCase {
  const groupsOf = (script: (typeof scripts)[number]): readonly string[] =>
    rowsOf(script).flatMap(({ target }) => (typeof target['groupId'] === 'string' ? [target['groupId']] : []));
  const scripts = tenant.state.scripts.list('deviceManagementScripts');
  const script = scripts.find(one => groupsOf(one).length >= 2);
  const group = [...tenant.state.groups.all()].find(({ id, kind }) => kind === 'security' && script && !groupsOf(script).includes(id));
  if (!script || !group) throw new Error('The sample tenant has nothing to assign.');
  return { family: 'deviceManagementScripts', scriptId: script.id, groupId: group.id };
}

const isAssignment = (path: string): boolean => /\/(assign|assignments)$/.test(path);

async function measureAssign(name: string, wire: Wire, before: number, act: () => Promise<unknown>): Promise<AssignResult> {
  const begin = wire.now();
  await act();
  const sent = wire.sent.slice(before);
  const written = sent.findLastIndex(({ method, path, status }) => method === 'POST' && isAssignment(path) && status < 300);
  const end = sent[written]?.end;
  if (end === undefined) throw new Error(`${name} wrote nothing.`);
  return { name, ...metricsOf(sent), httpToWritten: written + 1, writtenMs: end - begin, doneMs: wire.now() - begin };
}

/** One group added to one script: ours the first time in a tenant, ours from then on, and the replays that write. */
export async function assignments(options: WireOptions): Promise<readonly AssignResult[]> {
  const wire = createWire(options);
  const connection = ourConnection(wire);
  const wanted = assignCase(wire);
  const results = [await measureAssign('ours, first in a tenant', wire, 0, () => ourAssign(connection, wire, wanted, () => undefined))];
  const next = { ...wanted, groupId: assignCase(wire).groupId };
  results.unshift(await measureAssign('ours', wire, wire.sent.length, () => ourAssign(connection, wire, next, () => undefined)));
  for (const { name, assign } of replays) {
    if (!assign) continue;
    const own = createWire(options);
    results.push(await measureAssign(name, own, 0, () => assign(createCalls(own), wanted)));
  }
  return results;
}

/** A group found by the start of a word in its name. */
export async function searches(options: WireOptions, text: string): Promise<readonly SearchResult[]> {
  const wire = createWire(options);
  await ourFindGroup(ourConnection(wire), text);
  const results: SearchResult[] = [{ name: 'ours', ...metricsOf(wire.sent), ms: wire.now() }];
  for (const { name, findGroup } of replays) {
    if (!findGroup) continue;
    const own = createWire(options);
    await findGroup(createCalls(own), text);
    results.push({ name, ...metricsOf(own.sent), ms: own.now() });
  }
  return results;
}
