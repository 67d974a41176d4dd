import assert from 'node:assert/strict';
import fc from 'fast-check';
import { workspace } from 'vscode';
import { readPinnedAccount } from '../../src/auth/account.ts';
import { csv } from '../../src/features/export/exportText.ts';
import { changesModel } from '../../src/features/trees/treeModel.ts';
import { readClaims } from '../../src/graph/answer.ts';
import { clouds } from '../../src/graph/clouds.ts';
import { readRetryAfter } from '../../src/graph/retry.ts';
import { parseLine } from '../../src/host/journalSchema.ts';
import { redact } from '../../src/host/redact.ts';
import { readSettings } from '../../src/host/settings.ts';
import { pastChanges } from '../../src/intune/history/pastChanges.ts';
import type { JournalRecord } from '../../src/intune/journal/journal.ts';
import type { Memory } from '../../src/intune/model/memory.ts';
import { recentGroups } from '../../src/intune/read/groupSearch.ts';
import { knownRoute } from '../../src/intune/write/route.ts';
import { settings as settingNames } from '../../src/manifest.ts';
import { draggedFrom } from '../../src/ui/dragAndDrop.ts';
import { markdownText, plainText, visibleName } from '../../src/ui/plainText.ts';
import { contextOf, groupId, inventoryOf } from '../unit/ui/sampleInventory.ts';
import { changedJson, type JsonChange, jsonChange, mutated } from './mutate.ts';
import { near } from './near.ts';
import { sample } from './service.ts';
import { assertPlain, assertRowsPlain } from './shown.ts';
import { type Target, target } from './target.ts';

const challenge = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="${btoa('{"access_token":{"nbf":{"essential":true,"value":"1"}}}')}"`;

const at = '2026-05-01T10:00:00.000Z';
const row = { target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupId(1) }, runRemediationScript: true };
const of = { at, connection: 'global/tenant/account', account: 'ada@contoso.example' };
const change = { kind: 'add', assignment: row } as const;
const records = [
  {
    ...of,
    type: 'change',
    id: 'c',
    wanted: [{ script: sample.script, changes: [change] }],
    groupNames: { [groupId(1)]: 'Sales' },
    undoes: 'b',
  },
  { ...of, type: 'start', id: 's', changeId: 'c', script: sample.script, before: [], after: [row] },
  { type: 'approval', id: 's', at, code: 'x', path: '/beta/deviceManagement/deviceHealthScripts/1/assign', body: '{"a":[]}' },
  { type: 'end', id: 's', at, outcome: 'failed', additive: true, error: { kind: 'forbidden', code: 'x', message: 'No.', status: 403 } },
] as const satisfies readonly JournalRecord[];

function readJournal(changes: readonly (JsonChange | undefined)[]): boolean {
  const lines = records.map((one, index) => (changes[index] ? changedJson(one, changes[index]) : JSON.stringify(one)));
  const read = lines
    .join('\n')
    .split('\n')
    .flatMap(line => parseLine(line)?.record ?? []);
  const past = pastChanges(read);
  assertRowsPlain(changesModel, { ...contextOf(inventoryOf({})), changes: past });
  return read.length === records.length;
}

const remembering = (value: unknown): Memory => ({ get: () => value, set: async () => undefined });
const group = { id: groupId(1), name: 'Sales', description: 'All of them', membership: 'assigned', type: 'security', synced: false };

function readMemory(value: unknown): boolean {
  const account = readPinnedAccount(
    { get: () => value, update: async () => undefined },
    { cloud: 'global', tenantId: groupId(1), clientId: groupId(2) },
  );
  assert.ok(account === undefined || (account.id !== '' && typeof account.label === 'string'));
  const memory = remembering(value);
  const groups = recentGroups(memory);
  for (const { id, name } of groups) assert.ok(typeof id === 'string' && typeof name === 'string');
  assert.ok([true, false, undefined].includes(knownRoute(memory, 'deviceHealthScripts')));
  return groups.length > 0;
}

const valid = {
  clientId: groupId(1),
  tenantId: groupId(2),
  cloud: 'usGov',
  signInMethod: 'deviceCode',
  readOnly: false,
  confirmAbove: 100,
  protectedGroups: [groupId(3), groupId(4)],
  protectedGroupsUnclear: false,
  alwaysShowPlan: false,
  writeMethod: 'assign',
  useSampleTenant: false,
};

const signInMethods = new Set(['vscode', 'deviceCode', 'clientSecret', 'clientCertificate', 'workloadIdentity', 'azureCli']);

function settingsFrom(value: unknown): boolean {
  const of = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  const configuration = { inspect: (key: string) => ({ globalValue: of.get(key), workspaceValue: valid }) };
  Object.assign(workspace, { getConfiguration: () => configuration });
  const { problems, confirmAbove, protectedGroups, readOnly, tenantId = groupId(2), signInMethod, cloud } = readSettings();
  assert.ok(confirmAbove >= 0 && typeof readOnly === 'boolean');
  assert.ok(signInMethods.has(signInMethod) && cloud in clouds);
  for (const id of [...protectedGroups, tenantId]) assert.match(id, /^[0-9a-f-]{36}$/);
  for (const { key } of problems) assert.ok(key in settingNames, key);
  return problems.length === 0;
}

const dropped = {
  connection: 'global/tenant/account',
  rows: [
    { kind: 'group', groupId: groupId(1) },
    { kind: 'assignment', family: sample.script.family, id: sample.script.id, targetKey: 'group' },
  ],
};

/** Readers of what is no answer: headers, files, what was remembered, settings, and texts on their way to a reader or a log. */
export const textTargets: readonly Target[] = [
  target('WWW-Authenticate', near(challenge, challenge.replace('claims="', 'claims="{\\"a\\":1}')), header => {
    const claims = readClaims(header);
    return claims !== undefined && JSON.parse(claims) !== undefined;
  }),
  target('Retry-After', near('2', '2.128', 'Wed, 21 Oct 2026 07:28:00 GMT', '-5'), header => {
    const ms = readRetryAfter(header, Date.parse(at));
    assert.ok(ms === undefined || (Number.isFinite(ms) && ms >= 0));
    return ms !== undefined;
  }),
  target(
    'journal files',
    fc.array(fc.option(jsonChange, { freq: 2, nil: undefined }), { minLength: records.length, maxLength: records.length }),
    readJournal,
  ),
  target(
    'what was remembered',
    fc
      .tuple(fc.constantFrom([group, { ...group, id: groupId(2) }], { id: 'a.b', label: 'ada@contoso.example' }), jsonChange)
      .map(([value, { mutations }]) => mutated(value, mutations)),
    readMemory,
  ),
  target(
    'settings',
    jsonChange.map(({ mutations }) => mutated(valid, mutations)),
    settingsFrom,
  ),
  target(
    'what is dropped on a row',
    jsonChange.map(change => changedJson(dropped, change)),
    text => {
      const found = draggedFrom(text);
      for (const { kind } of found?.rows ?? []) assert.ok(['group', 'script', 'assignment'].includes(kind));
      return found !== undefined;
    },
  ),
  target(
    'lines for the log',
    near(`GET /x Authorization: Bearer ${'s3cr3t'.repeat(3)} ada@contoso.example {"scriptContent":"V3JpdGU="}`),
    line => {
      const redacted = redact(line);
      return redact(redacted) === redacted;
    },
  ),
  target('names on their way to the screen', near('Sales', '=1+1', '[a](command:b)'), name => {
    assertPlain(plainText(name), 'plain');
    assertPlain(visibleName(name), 'visible');
    assert.doesNotMatch(markdownText(name).replace(/\\./g, ''), /[[\]<>`*]/);
    assert.doesNotMatch(csv([[name]]).slice(0, -2), /^"?[=+\-@\t\r]/);
    return visibleName(name) !== undefined;
  }),
];
