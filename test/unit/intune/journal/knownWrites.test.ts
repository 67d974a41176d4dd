import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JournalEnd, type JournalRecord, type JournalStart, stampOf } from '../../../../src/intune/journal/journal.ts';
import { knownWrites, predatesOurWrites, recentWrites } from '../../../../src/intune/journal/knownWrites.ts';
import type { Assignment } from '../../../../src/intune/model/assignment.ts';
import type { ScriptRef } from '../../../../src/intune/model/script.ts';
import { createFakeClock } from '../../graph/fakeClock.ts';
import { include } from '../history/support.ts';

const minutes = 60_000;
const script = { family: 'deviceHealthScripts', id: 'ABC-1', name: 'Größe prüfen' } as const;
const [a, b, c] = [include('A'), include('B'), include('C')];

/** A journal that is written by one hand. */
function newJournal() {
  const clock = createFakeClock();
  const records: JournalRecord[] = [];
  const start = (id: string, before: readonly Assignment[], after: readonly Assignment[]): void => {
    const rows = { before: before.map(({ wire }) => wire), after: after.map(({ wire }) => wire) };
    const one: JournalStart = { type: 'start', id, changeId: 'x', ...stampOf(clock), connection: 'c', account: 'a', script, ...rows };
    records.push(one);
  };
  const end = (id: string, outcome: JournalEnd['outcome']): void => void records.push({ type: 'end', id, ...stampOf(clock), outcome });
  const write = (
    id: string,
    before: readonly Assignment[],
    after: readonly Assignment[],
    outcome: JournalEnd['outcome'] = 'written',
  ): void => {
    start(id, before, after);
    end(id, outcome);
  };
  const refuses = (read: readonly Assignment[], ref: Pick<ScriptRef, 'family' | 'id'> = script): boolean =>
    predatesOurWrites(read, recentWrites(knownWrites(records).of(ref), clock));
  return { clock, records, start, end, write, refuses };
}

describe('what was read is not planned on where it may be older than our own writes', () => {
  test('the last that is known to be done counts, whatever failed after it', () => {
    const { write, refuses } = newJournal();
    write('one', [], [a]);
    write('two', [a], [a, b], 'failed');
    assert.deepEqual([refuses([]), refuses([a]), refuses([a, c])], [true, false, false]);
  });

  test('one that nobody knows the outcome of has to show beside it', () => {
    const { write, start, refuses } = newJournal();
    write('one', [], [a]);
    start('two', [a], [a, b]);
    assert.deepEqual([refuses([]), refuses([b]), refuses([a]), refuses([a, b])], [true, true, true, false]);
  });

  test('of rows that were changed twice, the last change counts', () => {
    const { write, refuses } = newJournal();
    write('one', [], [a]);
    write('two', [a], [b]);
    assert.deepEqual([refuses([]), refuses([a]), refuses([a, b]), refuses([b])], [true, true, true, false]);
  });

  test('whatever somebody else did beside it', () => {
    const { write, refuses } = newJournal();
    write('one', [a], [a, b]);
    assert.equal(refuses([b, c]), false);
  });

  test('for as long as a copy may be behind, whatever is done to the clock', () => {
    for (const ms of [0, -400 * 24 * 60 * minutes, 400 * 24 * 60 * minutes]) {
      const { clock, records, write } = newJournal();
      write('one', [], [a]);
      clock.step(ms);
      assert.equal(recentWrites(knownWrites(records).of(script), clock).length, 1, `${ms}`);
    }
  });

  test('after a restart of the computer for as long as it runs, with a clock that is hours ahead', async () => {
    const { clock, records, write } = newJournal();
    write('one', [], [a]);
    const restarted = (uptime: number, ms: number) => ({ now: () => clock.now() + ms, uptime: () => uptime });
    const counts = [
      restarted(60_000, 14 * 60 * minutes),
      restarted(6 * minutes, 14 * 60 * minutes),
      restarted(60_000, 3 * 24 * 60 * minutes),
    ].map(then => recentWrites(knownWrites(records).of(script), then).length);
    assert.deepEqual(counts, [1, 0, 0]);
  });

  test('where it is what there was before what we have taken back, and somebody wrote in between', () => {
    const { write, refuses } = newJournal();
    write('one', [], [a]);
    write('two', [a, b], [b]);
    assert.deepEqual([refuses([]), refuses([b]), refuses([b, c])], [true, false, false]);
  });

  test('not for good because of a time that is far ahead', () => {
    const { records, start, refuses } = newJournal();
    start('one', [], [a]);
    records.splice(0, 1, { ...(records[0] ?? assert.fail()), at: '9999-01-01T00:00:00.000Z', uptime: undefined } as JournalRecord);
    assert.equal(refuses([]), false);
  });

  test('not again when a computer that was started anew runs for as long as it ran then', () => {
    const { clock, records, write } = newJournal();
    write('one', [], [a]);
    const later = { now: () => clock.now() + 120 * minutes, uptime: () => clock.uptime() };
    records.push({ type: 'end', id: 'other', at: new Date(later.now()).toISOString(), uptime: 2 * minutes, outcome: 'written' });
    assert.equal(recentWrites(knownWrites(records).of(script), later).length, 0);
  });

  test('also where the end of another window comes late: it ended while the same computer ran', () => {
    const { clock, records, write, refuses } = newJournal();
    write('one', [], [a]);
    const { at, uptime } = stampOf({ now: () => clock.now() - 40 * minutes, uptime: () => clock.uptime() - 40 * minutes });
    records.push({ type: 'end', id: 'other', at, uptime, outcome: 'written' });
    assert.equal(refuses([]), true);
  });

  test('and no longer', async () => {
    const { clock, write, refuses } = newJournal();
    write('one', [], [a]);
    await clock.sleep(5 * minutes);
    assert.equal(refuses([]), false);
  });

  test('of a script whose id comes in another case', () => {
    const { write, refuses } = newJournal();
    write('one', [], [a]);
    assert.equal(refuses([], { family: script.family, id: script.id.toLowerCase() }), true);
  });

  test('not where a write was never made, and a later one has read that', () => {
    const { write, refuses } = newJournal();
    write('one', [], [a], 'cancelled');
    write('two', [], [b]);
    assert.equal(refuses([b]), false);
  });
});

test('what a later write of ours has read was made, whatever its own end says not', () => {
  const { records, start, write } = newJournal();
  start('one', [], [a]);
  write('two', [a], [a, b]);
  assert.deepEqual(
    knownWrites(records)
      .of(script)
      .map(({ id, seen, made }) => [id, seen, made]),
    [
      ['one', true, 'yes'],
      ['two', false, 'yes'],
    ],
  );
});

test('what a write was planned on that was not made tells nothing: it was not the last read', () => {
  const { records, start, end, write } = newJournal();
  write('one', [], [a], 'unknown');
  write('two', [a], [a, b], 'conflict');
  start('three', [a], [a, c]);
  end('three', 'unknown');
  assert.deepEqual(
    knownWrites(records)
      .of(script)
      .map(({ made }) => made),
    ['unknown', 'no', 'unknown'],
  );
});
