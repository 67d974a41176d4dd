import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { watchInterrupted } from '../../../../src/features/history/watch.ts';
import type { JournalRecord } from '../../../../src/intune/journal/journal.ts';
import { createFakeClock } from '../../graph/fakeClock.ts';
import { createWorld } from '../../intune/support.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A watch whose looks answer with these waits, one after the other, and then with none. */
function newWatch(...waits: readonly number[]) {
  const clock = createFakeClock();
  const { connection } = createWorld();
  const left = [...waits];
  const looks: number[] = [];
  const listeners = new Set<(records: readonly JournalRecord[]) => void>();
  const begun = clock.now();
  const watch = watchInterrupted({
    look: async () => {
      looks.push(clock.now() - begun);
      return left.shift();
    },
    journal: () => ({
      onDidAppend: listener => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    }),
    clock,
    report: error => assert.fail(String(error)),
  });
  const ended = (outcome: 'written' | 'unknown'): void => {
    const end: JournalRecord = { type: 'end', id: 'x', at: new Date(clock.now()).toISOString(), outcome };
    for (const listener of [...listeners]) listener([end]);
  };
  return { watch, connection, clock, looks, ended, listeners };
}

describe('interrupted changes', () => {
  test('are looked at as soon as there is a connection, and again as long as something is open', async () => {
    const { watch, connection, clock, looks } = newWatch(5 * minute, 7 * minute);
    watch.follow(connection);
    await clock.sleep(hour);
    assert.deepEqual(looks, [0, 5 * minute, 12 * minute]);
  });

  test('are looked at once for a connection, and whenever somebody asks', async () => {
    const { watch, connection, clock, looks } = newWatch();
    watch.follow(connection);
    watch.follow(connection);
    await clock.sleep(hour);
    assert.equal(looks.length, 1);
    watch.look();
    await clock.sleep(hour);
    assert.equal(looks.length, 2);
  });

  test('are looked at later where the answer of a write of this window was lost, and not where it was written', async () => {
    const { watch, connection, clock, looks, ended } = newWatch();
    watch.follow(connection);
    await clock.sleep(hour);
    ended('written');
    await clock.sleep(hour);
    assert.equal(looks.length, 1);
    ended('unknown');
    await clock.sleep(hour);
    assert.deepEqual(looks, [0, 2 * hour + minute]);
  });

  test('are left alone once nobody is signed in', async () => {
    const { watch, connection, clock, looks, listeners } = newWatch(minute, minute, minute);
    watch.follow(connection);
    watch.follow(undefined);
    await clock.sleep(hour);
    assert.ok(looks.length <= 1);
    assert.equal(listeners.size, 0);
  });
});
