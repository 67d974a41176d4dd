import assert from 'node:assert/strict';
import type { WriteCommandParts } from '../../../src/features/change/writeAccess.ts';
import type { World } from '../intune/support.ts';
import { givenSettings } from './givenSettings.ts';

const nothing = { dispose: () => undefined };
const unexpected = (what: string) => (): never => assert.fail(`${what} was not expected`);

/** What a command writes with in a tenant in memory; what is not given asks nothing and shows nothing. */
export const givenWriteParts = (world: World, given: Partial<WriteCommandParts> = {}): WriteCommandParts => ({
  connection: () => world.connection,
  journal: () => ({
    ...world.parts.journal,
    living: async () => new Set(),
    exclusively: async work => ({ value: await work() }),
    fingerprint: async () => '',
    forgetOld: async () => undefined,
    onDidAppend: () => nothing,
  }),
  settings: () => givenSettings({ writeMethod: 'assign' }),
  onDidChangeWritable: () => nothing,
  documents: {
    show: unexpected('a plan'),
    showText: unexpected('a text'),
    shownPlan: () => undefined,
    apply: unexpected('a plan'),
    discard: unexpected('a plan'),
    ...nothing,
  },
  clock: world.clock,
  newId: world.parts.newId,
  log: { info: () => undefined, error: error => assert.fail(String(error)) },
  showLog: unexpected('the log'),
  undo: unexpected('an undo'),
  pickOne: unexpected('a question'),
  askText: unexpected('a question'),
  ...given,
});
