import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createShownRunSummaries, type ShownRunSummaries } from '../../../../src/features/trees/runSummaries.ts';
import type { ScriptNode } from '../../../../src/ui/nodes.ts';
import { createWorld, type World } from '../../intune/support.ts';

/** Shown run results with a promise for the next change. */
interface Shown extends ShownRunSummaries {
  nextChange(): Promise<void>;
}

function shownIn(world: World): Shown {
  let changed = (): void => undefined;
  const summaries = createShownRunSummaries(world.clock.now, () => changed());
  summaries.show(world.connection);
  world.connection.inventory.onDidChange(summaries.follow);
  return {
    ...summaries,
    nextChange: () =>
      new Promise(resolve => {
        changed = resolve;
      }),
  };
}

const readsIn = ({ requests }: World): number => requests.filter(({ path }) => path.endsWith('/runSummary')).length;

function nodeOf({ connection }: World, name: string): ScriptNode {
  const script = connection.inventory.scripts().find(one => one.name === name) ?? assert.fail(name);
  return { kind: 'script', connection: connection.key, script };
}

describe('how scripts ran', () => {
  test('is asked for once a row is unfolded, and once a load', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    assert.equal(readsIn(world), 0, 'nothing before a row is unfolded');
    const node = nodeOf(world, 'Install Homebrew');
    const first = shown.nextChange();
    shown.unfolded(node);
    shown.unfolded(node);
    assert.equal(shown.of(node.script)?.status, 'reading');
    await first;
    shown.unfolded(node);
    assert.equal(shown.of(node.script)?.status, 'read');
    assert.equal(readsIn(world), 1);
    await world.connection.inventory.load();
    assert.equal(shown.of(node.script)?.status, 'read', 'what was known stays until more is');
    const second = shown.nextChange();
    shown.unfolded(node);
    await second;
    assert.equal(readsIn(world), 2);
  });

  test('is as old as its last reading, however often it is shown', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    const node = nodeOf(world, 'Install Homebrew');
    const readAt = (): number | undefined => {
      const state = shown.of(node.script);
      return state?.status === 'read' ? state.readAt : undefined;
    };
    const first = shown.nextChange();
    shown.unfolded(node);
    await first;
    const then = world.clock.now();
    assert.equal(readAt(), then);
    await world.clock.sleep(300_000);
    shown.unfolded(node);
    assert.equal(readAt(), then);
    await world.connection.inventory.load();
    const second = shown.nextChange();
    shown.unfolded(node);
    await second;
    assert.equal(readAt(), world.clock.now());
  });

  test('is not asked for while the scripts are still being read', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    const node = nodeOf(world, 'Install Homebrew');
    const loading = world.connection.inventory.reload('deviceShellScripts');
    shown.unfolded(node);
    assert.equal(shown.of(node.script), undefined);
    await loading;
    assert.equal(readsIn(world), 0);
  });

  test('is not asked for again by itself where it failed', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    world.tenant.behavior.forbiddenFamilies = new Set(['deviceShellScripts']);
    const node = nodeOf(world, 'Install Homebrew');
    const changed = shown.nextChange();
    shown.unfolded(node);
    await changed;
    shown.unfolded(node);
    assert.equal(shown.of(node.script)?.status, 'failed');
    assert.equal(readsIn(world), 1);
  });

  test('belongs to one connection', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    const node = nodeOf(world, 'Install Homebrew');
    shown.unfolded({ ...node, connection: 'another' });
    assert.equal(shown.of(node.script), undefined);
    shown.unfolded(node);
    shown.show(undefined);
    assert.equal(shown.of(node.script), undefined);
  });

  test('is told by the sample tenant for every family but Linux', async () => {
    const world = createWorld();
    const shown = shownIn(world);
    await world.connection.inventory.load();
    const families = new Map(world.connection.inventory.scripts().map(script => [script.family, script]));
    for (const [family, script] of families) {
      const changed = family === 'configurationPolicies' ? Promise.resolve() : shown.nextChange();
      shown.unfolded({ kind: 'script', connection: world.connection.key, script });
      await changed;
      assert.equal(shown.of(script)?.status, family === 'configurationPolicies' ? undefined : 'read', family);
    }
  });
});
