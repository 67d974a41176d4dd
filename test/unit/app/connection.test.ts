import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireScripts } from '../../../src/app/connection.ts';
import type { ViewState } from '../../../src/manifest.ts';

const states: readonly ViewState[] = ['notSetUp', 'signedOut', 'loading', 'ready', 'empty', 'forbidden', 'offline', 'throttled', 'failed'];

async function inState(state: ViewState, press: number) {
  const said: string[] = [];
  const ran: string[] = [];
  const connection = await requireScripts({
    connection: () => undefined,
    state: () => state,
    say: async (message, ...buttons) => {
      said.push(message);
      return buttons[press];
    },
    run: async command => void ran.push(command),
  });
  return { connection, said, ran };
}

test('no state is answered with silence', async () => {
  for (const state of states) {
    const { connection, said } = await inState(state, -1);
    assert.equal(connection, undefined);
    assert.equal(said.length, 1, state);
  }
});

test('the button leads out', async () => {
  assert.deepEqual((await inState('notSetUp', 1)).ran, ['intuneScripts.useSampleTenant']);
  assert.deepEqual((await inState('signedOut', 0)).ran, ['intuneScripts.signIn']);
  assert.deepEqual((await inState('forbidden', 0)).ran, ['intuneScripts.openConsentPage']);
  assert.deepEqual((await inState('loading', 0)).ran, []);
});
