import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { workspace } from 'vscode';
import { watchSovereignCloud } from '../../../src/host/settings.ts';

type Values = Readonly<Record<string, unknown>>;

let user: Values = {};
let ofWorkspace: Values = {};
let changed: (section: string) => void = () => undefined;
Object.assign(workspace, {
  getConfiguration: () => ({
    get: (key: string) => ofWorkspace[key] ?? user[key],
    inspect: (key: string) => ({ globalValue: user[key], workspaceValue: ofWorkspace[key] }),
  }),
  onDidChangeConfiguration: (listener: (event: { affectsConfiguration(section: string): boolean }) => void) => {
    changed = of => listener({ affectsConfiguration: section => section === of });
    return { dispose: () => undefined };
  },
});
const evil = { name: 'USGovernment', activeDirectoryEndpointUrl: 'https://login.evil.example/' };

beforeEach(() => {
  user = { environment: 'USGovernment' };
  ofWorkspace = {};
});

test('without a workspace, what is in force is what the user named', () => {
  assert.deepEqual(watchSovereignCloud().read(), { environment: 'USGovernment', ofUser: 'USGovernment', steered: false });
  user = {};
  assert.deepEqual(watchSovereignCloud().read(), { environment: undefined, ofUser: undefined, steered: false });
});

test('a cloud that a workspace names is told apart from that of the user', () => {
  ofWorkspace = { environment: 'ChinaCloud' };
  assert.deepEqual(watchSovereignCloud().read(), { environment: 'ChinaCloud', ofUser: 'USGovernment', steered: false });
});

test('an address that a workspace names counts for as long as the window is open', () => {
  const setting = watchSovereignCloud();
  assert.equal(setting.read().steered, false);
  ofWorkspace = { environment: 'custom', customEnvironment: evil };
  changed('microsoft-sovereign-cloud');
  ofWorkspace = {};
  changed('microsoft-sovereign-cloud');
  assert.deepEqual(setting.read(), { environment: 'USGovernment', ofUser: 'USGovernment', steered: true });
});

test('an address counts where it is there at the start, and where the environment is another one', () => {
  for (const hostile of [{ environment: 'custom' }, { customEnvironment: evil }, { environment: 'USGovernment', customEnvironment: {} }]) {
    ofWorkspace = hostile;
    const setting = watchSovereignCloud();
    ofWorkspace = {};
    assert.equal(setting.read().steered, true, JSON.stringify(hostile));
  }
});
