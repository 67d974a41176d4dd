import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { window } from 'vscode';
import { writeWithProgress } from '../../../src/views/write/writeWithProgress.ts';
import { createWorld, groupNamed, hasGroup, plansToAdd, told } from '../intune/support.ts';

const never = new AbortController().signal;

/** A bulk of platform scripts, and what its notification says, with the milliseconds since the start. Its Cancel is pressed at `cancelAt`. */
async function bulk(count: number, cancelAt = /never/) {
  const world = createWorld({ size: 'large', parts: { writeMethod: 'assign' } });
  const group = groupNamed(world, 'HR Devices');
  const scripts = world.tenant.state.scripts.list('deviceManagementScripts').filter(script => !hasGroup(script, group));
  const plans = await plansToAdd(world, scripts.slice(0, count), group);
  const start = world.clock.now();
  const said: string[] = [];
  let increments = 0;
  Object.assign(window, {
    withProgress: (_: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) => {
      let cancel = (): void => undefined;
      const report = ({ message, increment = 0 }: { readonly message: string; readonly increment?: number }): void => {
        said.push(`${world.clock.now() - start} ${message}`);
        increments += increment;
        if (cancelAt.test(message)) cancel();
      };
      const onCancellationRequested = (listener: () => void) => {
        cancel = listener;
        return { dispose: () => undefined };
      };
      return work({ report }, { onCancellationRequested });
    },
  });
  const outcomes = await writeWithProgress(plans, world.parts, 'Contoso', { signal: never });
  return { said, increments, kinds: outcomes.map(told), took: world.clock.now() - start };
}

describe('the notification of a bulk', () => {
  test('counts scripts as they are sent, and then says that it looks what became of them', async () => {
    const { said, increments, took } = await bulk(25);
    assert.equal(said.length, 26);
    assert.equal(said[0], '0 0 of 25');
    assert.match(said[24] ?? '', /^0 24 of 25: ./);
    assert.equal(said[25], '0 25 of 25: Checking…');
    assert.equal(Math.round(increments), 100);
    assert.ok(took >= 3_000, 'reads show a write after three seconds');
  });

  test('has a Cancel that ends the looking: what was sent is told as written', async () => {
    const { kinds, took } = await bulk(2, /Checking/);
    assert.deepEqual(kinds, ['written, not visible', 'written, not visible']);
    assert.equal(took, 0);
  });
});
