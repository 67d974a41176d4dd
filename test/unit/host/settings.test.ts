import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

interface Values {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
}

// The one file here that needs the editor's API at run time gets the four members of it that it uses.
const written: unknown[] = [];
const values = new Map<string, Values>();
const configuration = {
  inspect: (key: string) => values.get(key),
  update: async (...change: unknown[]) => void written.push(change),
};
Object.assign(globalThis, {
  fakeEditor: {
    workspace: { getConfiguration: () => configuration },
    l10n: { t: (text: string) => text },
    ConfigurationTarget: { Global: 1 },
  },
});
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: 'data:text/javascript,export const { workspace, l10n, ConfigurationTarget } = globalThis.fakeEditor;', shortCircuit: true }
      : next(specifier, context),
});
const { readSettings, updateSetting } = await import('../../../src/host/settings.ts');

const id = '22222222-2222-4222-8222-222222222222';
const defaults = {
  clientId: '',
  tenantId: '',
  cloud: 'global',
  signInMethod: 'vscode',
  readOnly: false,
  confirmAbove: 500,
  protectedGroups: [],
  alwaysShowPlan: false,
  writeMethod: 'auto',
  useSampleTenant: false,
};
const given = (user: Readonly<Record<string, unknown>>, workspace: Readonly<Record<string, unknown>> = {}) => {
  values.clear();
  for (const [key, defaultValue] of Object.entries(defaults))
    values.set(key, { defaultValue, globalValue: user[key], workspaceValue: workspace[key] });
  return readSettings();
};

test('nothing set: the defaults, without ids and without a problem', () => {
  const { clientId: _client, tenantId: _tenant, ...others } = defaults;
  assert.deepEqual(given({}), { ...others, protectedGroupsUnclear: false, problems: [] });
});

test('the values of a workspace are never read', () => {
  const workspace = { clientId: id, tenantId: id, cloud: 'china', readOnly: true, confirmAbove: 1_000_000, useSampleTenant: true };
  assert.deepEqual(given({}, workspace), given({}));
  assert.deepEqual(
    given({ readOnly: true, confirmAbove: 5 }, { readOnly: false, confirmAbove: 9 }),
    given({ readOnly: true, confirmAbove: 5 }),
  );
});

test('ids are taken as people paste them', () => {
  const settings = given({ clientId: ` {${id.toUpperCase()}} `, tenantId: id, protectedGroups: [id.toUpperCase()] });
  assert.deepEqual([settings.clientId, settings.tenantId, settings.protectedGroups, settings.problems], [id, id, [id], []]);
});

test('a value that cannot be used is named, and the safer one is taken', () => {
  const { problems, ...settings } = given({
    clientId: 'my app',
    tenantId: 5,
    cloud: 'mars',
    signInMethod: 'password',
    readOnly: 'yes',
    confirmAbove: -1,
    protectedGroups: [id, 'All staff'],
    alwaysShowPlan: 'often',
    writeMethod: 'fast',
    useSampleTenant: 1,
  });
  assert.deepEqual(settings, {
    cloud: 'global',
    signInMethod: 'vscode',
    readOnly: true,
    confirmAbove: 0,
    protectedGroups: [id],
    protectedGroupsUnclear: true,
    alwaysShowPlan: false,
    writeMethod: 'collection',
    useSampleTenant: false,
  });
  assert.deepEqual(
    problems.map(({ key }) => key),
    Object.keys(defaults),
  );
});

test('with a protected group that is not clear, every change is confirmed; those that are clear stay protected', () => {
  for (const protectedGroups of [[id, 'All staff'], [id, 5], id]) {
    const settings = given({ protectedGroups });
    assert.deepEqual([settings.protectedGroups, settings.protectedGroupsUnclear, settings.confirmAbove], [[id], true, 0]);
    assert.deepEqual(
      settings.problems.map(({ key }) => key),
      ['protectedGroups'],
    );
  }
  assert.deepEqual([given({ protectedGroups: {} }).protectedGroups, given({ protectedGroups: {} }).confirmAbove], [[], 0]);
});

test('empty text is a problem of every setting but the ids', () => {
  const empty = Object.fromEntries(Object.keys(defaults).map(key => [key, '']));
  assert.deepEqual(
    given(empty).problems.map(({ key }) => key),
    Object.keys(defaults).filter(key => !key.endsWith('Id')),
  );
});

test('endlessly many devices are no number of devices', () => {
  assert.deepEqual([given({ confirmAbove: Number.POSITIVE_INFINITY }).confirmAbove, given({ confirmAbove: '5' }).confirmAbove], [0, 0]);
});

test('a setting is written for the user', async () => {
  await updateSetting('clientId', id);
  assert.deepEqual(written, [['clientId', id, 1]]);
});
