import assert from 'node:assert/strict';
import { readTenantName } from '../../src/connections/connect.ts';
import { transientMemory } from '../../src/connections/memory.ts';
import { GraphError } from '../../src/graph/client.ts';
import { readApprovalStates } from '../../src/intune/history/approvals.ts';
import type { Assignment } from '../../src/intune/model/assignment.ts';
import { sameAssignments } from '../../src/intune/model/assignment.ts';
import { familyOf, tierScopes } from '../../src/intune/model/families.ts';
import { assignBody, planChanges } from '../../src/intune/plan/plan.ts';
import { readForPlan } from '../../src/intune/plan/propose.ts';
import { readAssignments, readManyAssignments } from '../../src/intune/read/assignments.ts';
import { readLastChanges } from '../../src/intune/read/auditEvents.ts';
import { readFilters } from '../../src/intune/read/filters.ts';
import { readGroup, searchGroups } from '../../src/intune/read/groupSearch.ts';
import { readGroupNames } from '../../src/intune/read/groups.ts';
import { createInventory } from '../../src/intune/read/inventory.ts';
import { readRunSummary } from '../../src/intune/read/runSummary.ts';
import { readScripts } from '../../src/intune/read/scripts.ts';
import { errorWords } from '../../src/ui/errorText.ts';
import { allCounts } from '../../src/ui/format/runSummary.ts';
import { groupId } from '../unit/ui/sampleInventory.ts';
import { hostileAddress } from './hostile.ts';
import { type AnswerChange, fuzzedService, sample } from './service.ts';
import { assertPlain, assertShownPlain } from './shown.ts';
import { graphTarget, type Target, target } from './target.ts';

const { script, groups } = sample;
const scopes = tierScopes.browse;
/** More than are asked for one by one. */
const many = Array.from({ length: 61 }, (_, index) => groups[index] ?? groupId(index));
const kinds = new Set(['group', 'exclusionGroup', 'allDevices', 'allUsers', 'collection', 'other']);

/** What was read as assignments can be compared, planned and written. */
function assertAssignments(rows: readonly Assignment[]): void {
  for (const { target: of } of rows) assert.ok(kinds.has(of.kind), String(of.kind));
  assert.ok(sameAssignments(rows, rows.toReversed()));
  const plan = planChanges(script, rows, []);
  assert.ok(JSON.stringify(assignBody(plan)).startsWith('{'));
}

function assertCounts(counts: ReadonlyMap<string, number>): void {
  for (const [result, count] of counts) assert.ok(Number.isSafeInteger(count) && count > 0, `${result} ${count}`);
}

async function readAll(service: ReturnType<typeof fuzzedService>): Promise<void> {
  const inventory = createInventory(service.client, transientMemory());
  // The one that has the most; the others are read by the same code.
  await inventory.reload(script.family);
  for (const state of inventory.families.values()) {
    if (state.status === 'failed') assert.ok(state.error instanceof GraphError, String(state.error));
    if (state.status === 'loaded') assertAssignments(state.scripts.flatMap(({ assignments }) => assignments));
  }
  await inventory.readFilters().catch((error: unknown) => assert.ok(error instanceof GraphError, String(error)));
  assertShownPlain(inventory);
}

/** A list whose first page leads to some address. */
const leadingTo = (nextLink: string): AnswerChange => ({
  json: { mutations: [], text: () => JSON.stringify({ value: [], '@odata.nextLink': nextLink }) },
  status: undefined,
  headers: {},
});

/** Readers of answers of Microsoft Graph. */
export const graphTargets: readonly Target[] = [
  graphTarget('lists, and all that is shown and exported of them', readAll),
  graphTarget('lists of the settings catalog', async ({ client }) => {
    const scripts = await readScripts(client, familyOf('configurationPolicies'));
    assertAssignments(scripts.flatMap(({ assignments }) => assignments));
  }),
  graphTarget('assignments', async ({ client }) => assertAssignments(await readAssignments(client, script, scopes))),
  graphTarget('assignments of several scripts in a batch', async ({ client }) => {
    const outcomes = await readManyAssignments(client, [script, { ...script, id: 'other' }, script], scopes);
    assert.equal(outcomes.length, 3);
    for (const outcome of outcomes) {
      if (outcome.ok) assertAssignments(outcome.value);
      else assert.ok(outcome.error instanceof GraphError);
    }
  }),
  graphTarget('what a plan is made from', async ({ client }) => {
    const { bases, reach } = await readForPlan(client, [script], groups.slice(0, 2), { exact: true });
    for (const base of bases.values()) if (base.ok) assertAssignments(base.value);
    for (const { devices, users } of reach.values()) {
      for (const count of [devices, users]) assert.ok(count === undefined || Number.isSafeInteger(count));
    }
  }),
  graphTarget('found groups', async ({ client }) => {
    const found = [...(await searchGroups(client, 'fin')), (await readGroup(client, groups[0] ?? '')) ?? []].flat();
    for (const group of found) assert.ok(typeof group.name === 'string' && typeof group.id === 'string');
  }),
  graphTarget('names of groups', async ({ client }) => {
    const known = await readGroupNames(client, transientMemory(), many);
    for (const { status, name } of known) assert.equal(typeof name, status === 'named' ? 'string' : 'undefined');
  }),
  graphTarget('filters', async ({ client }) => {
    for (const [id, filter] of await readFilters(client)) assert.equal(id, filter.id);
  }),
  graphTarget('run summaries', async ({ client }) => {
    const summary = await readRunSummary(client, script);
    assertCounts(summary.devices);
    assertCounts(summary.users);
    for (const words of allCounts(summary)) assertPlain(words, 'counts');
  }),
  graphTarget('audit events', async ({ client, clock }) => {
    for (const { who, at } of (await readLastChanges(client, [script], clock.now())).values()) {
      assert.ok(who !== '' && new Date(at).toISOString() !== '');
    }
  }),
  graphTarget('requests for approval', async ({ client }) => {
    for (const [code, state] of await readApprovalStates(client)) assert.ok(code === code.toLowerCase() && /^[a-zA-Z]+$/.test(state));
  }),
  graphTarget('the name of the tenant', async ({ client }) => {
    const name = await readTenantName(client);
    assert.ok(name === undefined || name.length > 0);
  }),
  graphTarget('the reason of an error', async ({ client }) => {
    const answer = await client
      .send({ method: 'POST', path: `/beta/deviceManagement/deviceHealthScripts/${script.id}/assign`, body: {}, scopes })
      .catch((error: unknown) => error);
    if (!(answer instanceof Error)) return;
    const { message, detail = '' } = errorWords(answer, 'It was not assigned.');
    for (const line of [message, ...detail.split('\n')]) assertPlain(line, 'reason');
    throw answer;
  }),
  target('links to next pages', hostileAddress, async address => {
    const { client } = fuzzedService([leadingTo(address), { json: undefined, status: undefined, headers: {} }]);
    const outcome = await client.list({ path: '/v1.0/groups', scopes }).catch((error: unknown) => error);
    if (outcome instanceof GraphError) return false;
    assert.ok(Array.isArray(outcome), String(outcome));
    return true;
  }),
];
