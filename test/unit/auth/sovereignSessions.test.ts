import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tierSessionScopes } from '../../../src/auth/scopes.ts';
import { sovereignSessions } from '../../../src/auth/sessions.ts';
import { refusalOf } from '../../../src/auth/signInError.ts';
import { refusalWords } from '../../../src/auth/signInErrorText.ts';
import { type CloudId, clouds } from '../../../src/graph/clouds.ts';
import type { SovereignCloud } from '../../../src/host/settings.ts';
import { ada, FakeSessions, registration } from './fakes.ts';

const ask = async (cloud: CloudId, environment: string | undefined, more: Partial<SovereignCloud> = {}) => {
  const sessions = new FakeSessions();
  sessions.accounts = [ada];
  const port = sovereignSessions(sessions, () => ({ cloud, environment, ofUser: environment, steered: false, ...more }));
  const { provider } = clouds[cloud];
  try {
    await port.getAccounts(provider);
    await port.getSession(provider, tierSessionScopes({ ...registration, cloud }, 'browse'), { silent: true, account: ada });
    return { asked: sessions.asked.length, refusal: undefined };
  } catch (error) {
    await assert.rejects(port.getSession(provider, [], { silent: true, account: ada }));
    return { asked: sessions.asked.length + sessions.lookups, refusal: refusalOf(error) };
  }
};

test('each cloud is asked for where VS Code signs in to it, and the global one whatever is set', async () => {
  for (const [cloud, environment] of [
    ['global', undefined],
    ['global', 'ChinaCloud'],
    ['usGov', 'USGovernment'],
    ['usGovDoD', 'USGovernment'],
    ['china', 'ChinaCloud'],
  ] as const)
    assert.deepEqual(await ask(cloud, environment), { asked: 1, refusal: undefined }, `${cloud} ${environment}`);
});

test('where the settings name two clouds, nobody is asked, and both are told', async () => {
  for (const environment of ['ChinaCloud', 'custom', 'usgovernment']) {
    const { asked, refusal } = await ask('usGov', environment);
    assert.equal(asked, 0);
    assert.ok(refusal);
    const { message, remedy } = refusalWords(refusal, 'usGov');
    assert.equal(remedy, 'sovereignSetting');
    assert.match(message, new RegExp(`intuneScripts\\.cloud is usGov, and microsoft-sovereign-cloud\\.environment is ${environment}\\.`));
  }
});

test('where VS Code names no cloud, the value that it needs is told', async () => {
  const { asked, refusal } = await ask('china', undefined);
  assert.equal(asked, 0);
  assert.match(refusal ? refusalWords(refusal, 'china').message : '', /microsoft-sovereign-cloud\.environment is ChinaCloud\./);
});

test('a workspace decides neither whether nor where anybody signs in', async () => {
  for (const [what, environment, more] of [
    ['names another cloud', 'ChinaCloud', { ofUser: 'USGovernment' }],
    ['names an address of its own', 'custom', { ofUser: 'USGovernment', steered: true }],
    ['names an address beside the right cloud, or did so before', 'USGovernment', { steered: true }],
    ['names a cloud where the user names none', 'ChinaCloud', { ofUser: undefined }],
  ] as const) {
    const { asked, refusal } = await ask('usGov', environment, more);
    assert.equal(asked, 0, what);
    const { message, remedy } = refusal ? refusalWords(refusal, 'usGov') : assert.fail(what);
    assert.match(message, /settings of this workspace decide by microsoft-sovereign-cloud/, what);
    assert.equal(remedy, undefined, what);
  }
});

test('the right cloud counts where the user names it, and not where a workspace alone does', async () => {
  const { asked, refusal } = await ask('usGov', 'USGovernment', { ofUser: undefined });
  assert.equal(asked, 0);
  assert.equal(refusal && refusalWords(refusal, 'usGov').remedy, 'sovereignSetting');
});

test('the global cloud is no business of those settings', async () => {
  assert.deepEqual(await ask('global', 'custom', { ofUser: undefined, steered: true }), { asked: 1, refusal: undefined });
});
