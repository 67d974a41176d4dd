import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notWritable, whileWritable } from '../../../../src/features/change/writeAccess.ts';
import type { Connection } from '../../../../src/intune/read/connection.ts';
import { createWorld } from '../../intune/support.ts';

const { connection } = createWorld();

function windowThatChanges() {
  let current: Connection | undefined = connection;
  const listeners = new Set<() => void>();
  const settings = {
    readOnly: false,
    confirmAbove: 500,
    protectedGroups: [],
    protectedGroupsUnclear: false,
    writeMethod: 'auto' as const,
    alwaysShowPlan: false,
  };
  const parts = {
    settings: () => settings,
    connection: (): Connection | undefined => current,
    onDidChangeWritable: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const set = (readOnly: boolean): void => {
    settings.readOnly = readOnly;
    for (const listener of listeners) listener();
  };
  const signOut = (): void => {
    current = undefined;
    for (const listener of listeners) listener();
  };
  return { parts, set, signOut, listeners };
}

test('work is stopped when Intune Scripts is set to read only, and by no other change of the settings', async () => {
  const { parts, set, listeners } = windowThatChanges();
  const stopped = await whileWritable(parts, connection, async signal => {
    set(false);
    const before = signal.aborted;
    set(true);
    return [before, signal.aborted];
  });
  assert.deepEqual(stopped, [false, true]);
  assert.equal(listeners.size, 0);
});

test('work is stopped when its tenant is signed out of', async () => {
  const { parts, signOut } = windowThatChanges();
  const stopped = await whileWritable(parts, connection, async signal => {
    signOut();
    return signal.aborted;
  });
  assert.equal(stopped, true);
});

test('work that fails is listened for no longer', async () => {
  const { parts, listeners } = windowThatChanges();
  await assert.rejects(
    whileWritable(parts, connection, () => Promise.reject(new Error('no network'))),
    /no network/,
  );
  assert.equal(listeners.size, 0);
});

test('work that begins while it is read only already is stopped as it begins', async () => {
  const { parts, set } = windowThatChanges();
  set(true);
  assert.equal(await whileWritable(parts, connection, async signal => signal.aborted), true);
});

test('nothing is written any more once it is read only, or another tenant or account is worked in', () => {
  const { parts, set } = windowThatChanges();
  const of = (current: typeof connection | undefined) => notWritable({ ...parts, connection: () => current }, connection);
  assert.equal(of(connection), undefined);
  assert.match(of({ ...connection, key: 'global/other/account' }) ?? '', /another tenant or account is shown now/);
  assert.match(of(undefined) ?? '', /another tenant or account is shown now/);
  set(true);
  assert.match(of(connection) ?? '', /read only/);
});
