import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FamilyId } from '../../../../src/intune/families.ts';
import { writePlans } from '../../../../src/intune/write/writePlans.ts';
import type { Fault, FaultEffect, SampleScript } from '../../../../src/sample/index.ts';
import { adminAdds, createWorld, groupNamed, isAssign, plansToAdd, told, truth, type World } from '../support.ts';

/** Groups that no script of the sample tenant is assigned to, so that each has one owner here. */
const ourGroups = ['Cloud PCs', 'Training Room A'];
const theirGroups = ['Store Registers', 'Factory Floor Berlin', 'Interns 2026', 'Research [Lab] Devices', 'Facilities Announcements'];

const family = fc.constantFrom<FamilyId[]>('deviceManagementScripts', 'deviceHealthScripts', 'deviceShellScripts', 'configurationPolicies');

const effect = fc.oneof<fc.Arbitrary<FaultEffect>[]>(
  fc.constantFrom<FaultEffect>({ kind: 'drop' }, { kind: 'truncate' }, { kind: 'html', status: 200 }, { kind: 'html', status: 502 }),
  fc.constantFrom(500, 503, 504).map(status => ({ kind: 'error', status })),
  fc.constantFrom<FaultEffect>({ kind: 'throttle' }, { kind: 'throttle', retryAfter: '3' }, { kind: 'throttle', retryAfter: '2.128' }),
  fc.constantFrom<FaultEffect>({ kind: 'unauthorized' }, { kind: 'forbidden', reason: 'user' }, { kind: 'delay', ms: 90_000 }),
);

const fault = fc.record({
  effect,
  on: fc.constantFrom('reads', 'writes', 'batches', 'all'),
  point: fc.constantFrom<('before' | 'after')[]>('before', 'after'),
  skip: fc.integer({ min: 0, max: 6 }),
  times: fc.integer({ min: 1, max: 3 }),
});

const history = fc.record({
  family,
  scripts: fc.integer({ min: 1, max: 4 }),
  groups: fc.subarray(ourGroups, { minLength: 1 }),
  writeMethod: fc.constantFrom('auto' as const, 'assign' as const),
  collectionPost: fc.boolean(),
  lag: fc.constantFrom(0, 400, 3_000, 12_000),
  pageSize: fc.constantFrom(1, 2, 20),
  faults: fc.array(fault, { maxLength: 3 }),
  /** When another administrator adds a group: before a GET of a script (which the GET then shows), or after a write. */
  admin: fc.array(
    fc.record({ when: fc.constantFrom('beforeRead' as const, 'afterWrite' as const), nth: fc.integer({ min: 0, max: 12 }) }),
    { maxLength: theirGroups.length },
  ),
});

type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

const strikes = (on: History['faults'][number]['on']) => (method: string, path: string) =>
  on === 'all' ||
  (on === 'reads' && method === 'GET') ||
  (on === 'writes' && method === 'POST' && !path.endsWith('$batch')) ||
  (on === 'batches' && path.endsWith('$batch'));

/** What the service answers instead of doing anything. */
const refusals: ReadonlySet<string> = new Set(['throttle', 'unauthorized', 'forbidden']);

function prepareFaults({ tenant }: World, { faults }: History): void {
  tenant.behavior.faults.push(
    ...faults.map(
      ({ effect: what, on, point, skip, times }): Fault => ({
        ...what,
        point: refusals.has(what.kind) ? 'before' : point,
        skip,
        times,
        match: strikes(on),
      }),
    ),
  );
}

/**
 * The other administrator adds a group each time. Returns what they have added, by script.
 */
function prepareAdmin(world: World, scripts: readonly SampleScript[], { admin }: History): Map<SampleScript, string[]> {
  const added = new Map<SampleScript, string[]>(scripts.map(script => [script, []]));
  const groups = theirGroups.map(name => groupNamed(world, name));
  const seen = { beforeRead: 0, afterWrite: 0 };
  const act = (when: 'beforeRead' | 'afterWrite', scriptId: string | undefined): void => {
    const n = seen[when];
    seen[when] += 1;
    const script = scripts.find(({ id }) => id === scriptId);
    const index = admin.findIndex(one => one.when === when && one.nth === n);
    const group = groups[index];
    if (!script || !group) return;
    adminAdds(world, script, group);
    added.get(script)?.push(group);
  };
  world.tenant.behavior.beforeRead = ({ scriptId }) => act('beforeRead', scriptId);
  world.tenant.behavior.afterWrite = ({ scriptId }) => act('afterWrite', scriptId);
  return added;
}

/** Who writes between two pages of a read is in the gap, so that each read is one page where somebody may. */
const pageSizeOf = ({ admin, pageSize }: History): number => (admin.some(({ when }) => when === 'beforeRead') ? 20 : pageSize);

async function play(of: History): Promise<void> {
  const world = createWorld({
    behavior: { collectionPost: of.collectionPost, assignmentLagMs: of.lag, assignmentPageSize: pageSizeOf(of) },
    parts: { writeMethod: of.writeMethod },
  });
  const groups = of.groups.map(name => groupNamed(world, name));
  const scripts = world.tenant.state.scripts
    .list(of.family)
    .filter(({ family: name, entity }) => name !== 'configurationPolicies' || String(entity['name']).startsWith('Linux'))
    .slice(0, of.scripts);
  const before = new Map(scripts.map(script => [script, truth(script)]));
  const plans = await plansToAdd(world, scripts, ...groups);
  const added = prepareAdmin(world, scripts, of);
  prepareFaults(world, of);
  const outcomes = await writePlans(plans, world.parts);
  const story = (): string => `${outcomes.map(told).join('; ')}\n${world.events.join('\n')}`;
  for (const [index, script] of scripts.entries()) {
    const now = new Set(truth(script));
    for (const row of before.get(script) ?? []) assert.ok(now.has(row), `lost or changed: ${row}\n${story()}`);
    for (const group of added.get(script) ?? []) {
      assert.ok(
        [...now].some(row => row.includes(group)),
        `the other administrator's ${group} was lost\n${story()}`,
      );
    }
    const wanted = groups.every(group => [...now].some(row => row.startsWith(`group|${group}`)));
    const outcome = outcomes[index];
    assert.ok(outcome);
    if (outcome.kind === 'written') assert.ok(wanted, `said to be written and is not\n${story()}`);
    if (outcome.kind === 'conflict' || outcome.kind === 'failed' || outcome.kind === 'cancelled')
      assert.ok(!groups.some(group => [...now].some(row => row.startsWith(`group|${group}`))), `said not to be written and is\n${story()}`);
  }
  const writes = world.events.filter(event => event.startsWith('POST assign '));
  for (const script of scripts) {
    const done = world.requests.filter(
      ({ method, path, status }) => isAssign(method, path) && path.includes(script.id) && typeof status === 'number' && status < 300,
    );
    assert.ok(done.length <= 1, `written more than once\n${writes.join('\n')}`);
  }
}

test('in 300 random histories outside of the gap, no assignment is lost, no kept field changes, and what is told is true', async () => {
  await fc.assert(fc.asyncProperty(history, play), { numRuns: 300 });
});
