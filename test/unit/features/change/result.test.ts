import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultLines, resultSummary } from '../../../../src/features/change/result.ts';
import { GraphError } from '../../../../src/graph/client.ts';
import { type Assignment, targetKey } from '../../../../src/intune/model/assignment.ts';
import type { Change } from '../../../../src/intune/model/change.ts';
import { scriptKey } from '../../../../src/intune/model/script.ts';
import { expectedAssignments, planChanges } from '../../../../src/intune/plan/plan.ts';
import type { Proposal } from '../../../../src/intune/plan/proposal.ts';
import type { WriteOutcome } from '../../../../src/intune/write/outcome.ts';
import { createWorld, proposeFor } from '../../intune/support.ts';
import { allDevices, assigned, exclude, groupId, include, script } from '../../ui/sampleInventory.ts';

const { connection } = await proposeFor(createWorld(), [], () => []);
const proposal = {
  connection,
  at: 0,
  plans: [],
  unchanged: [],
  unreadable: [],
  shortfalls: new Map(),
  gone: [],
  pending: new Set<string>(),
  tellsOfRemediation: false,
  groups: new Map([1, 2].map(n => [groupId(n), { id: groupId(n), status: 'named', name: `Group ${n}` } as const])),
  reach: new Map(),
  reached: [],
};

const planOf = (base: readonly Assignment[], ...changes: readonly Change[]) =>
  planChanges(script('deviceManagementScripts', 'a', 'Alpha'), base, changes);
const textOf = (plan: ReturnType<typeof planOf>, outcome?: WriteOutcome): string =>
  resultSummary(proposal, [{ plan, outcome: outcome ?? { kind: 'written', visible: true, now: expectedAssignments(plan) } }]).text;

const add = (assignment: Assignment): Change => ({ kind: 'add', assignment });
const remove = ({ target }: Assignment): Change => ({ kind: 'remove', targetKey: targetKey(target) });
const [one, two, everywhere, excluded] = [assigned(include(1)), assigned(include(2)), assigned(allDevices), assigned(exclude(1))];

test('a result names the one target that it is about, whatever was done', () => {
  assert.equal(textOf(planOf([two], add(one))), 'Alpha is assigned to Group 1.');
  assert.equal(textOf(planOf([two], add(excluded))), 'Group 1 is excluded from Alpha.');
  assert.equal(textOf(planOf([two, everywhere], remove(everywhere))), 'Alpha is no longer assigned to All devices.');
  assert.equal(textOf(planOf([two, excluded], remove(excluded))), 'Group 1 is no longer excluded from Alpha.');
  const filtered = assigned(include(1, { id: groupId(9), mode: 'include' }));
  assert.equal(textOf(planOf([one], { kind: 'set', assignment: filtered })), 'The assignment of Alpha to Group 1 is changed.');
  const inPolicySet = assigned(include(1), { source: 'policySets' });
  assert.equal(
    textOf(planOf([one, inPolicySet], remove(one))),
    'The assignments of Alpha are changed.',
    'it is still assigned to the group',
  );
  assert.equal(textOf(planOf([one], remove(one), add(two))), 'The assignments of Alpha are changed.');
});

test('a result says that not all was done, and where it is named', () => {
  const plan = planOf([two], add(one));
  const done = { plan, outcome: { kind: 'written', visible: true, now: expectedAssignments(plan) } } as const;
  const short = [{ kind: 'opposite', target: excluded.target }] as const;
  const other = planChanges(script('deviceManagementScripts', 'b', 'Beta'), [], []);
  const of = (some: Partial<Proposal>): string => resultSummary({ ...proposal, ...some }, [done]).text;
  const shortfalls = (of: typeof plan) => new Map([[scriptKey(of.script), short]]);
  const assigned = 'Alpha is assigned to Group 1.';
  assert.equal(of({ unchanged: [other], shortfalls: shortfalls(other) }), `${assigned} 1 script is not changed: Show Report says why.`);
  assert.equal(of({ plans: [plan], shortfalls: shortfalls(plan) }), `${assigned} Show Report says what was left out.`);
  assert.equal(of({ unchanged: [other] }), assigned, 'what is as wanted already is not left');
});

test('after a lost answer, the result says what Intune shows: the set of before, the wanted one, or another', () => {
  const error = new GraphError({ kind: 'network', message: 'gone', request: { method: 'POST', path: '/assign' }, sent: 'unknown' });
  const plan = planOf([two], add(one));
  assert.match(textOf(plan, { kind: 'unknown', error, now: [two] }), /Intune does not show the change/);
  assert.match(textOf(plan, { kind: 'unknown', error, now: [one, two] }), /Intune shows the change, but that may be an older state/);
  assert.match(textOf(plan, { kind: 'unknown', error, now: [one] }), /Intune shows other assignments\. It is not known/);
});

test('a result of several scripts agrees with how many were changed, and how many wait', () => {
  const plan = planOf([two], add(one));
  const written = { plan, outcome: { kind: 'written', visible: true, now: expectedAssignments(plan) } } as const;
  const waits = { plan, outcome: { kind: 'pending', code: 'c' } } as const;
  const words = (...some: readonly (typeof written | typeof waits)[]): string => resultSummary(proposal, some).text;
  assert.equal(words(written, waits), '1 script is changed. 1 script in Contoso waits for the approval of another administrator.');
  assert.equal(
    words(written, written, waits, waits),
    '2 scripts are changed. 2 scripts in Contoso wait for the approval of another administrator.',
  );
});

test('a result that failed names what failed, and not what only waits', () => {
  const error = new GraphError({ kind: 'forbidden', status: 403, message: 'no', request: { method: 'POST', path: '/assign' } });
  const beta = planChanges(script('deviceManagementScripts', 'b', 'Beta'), [two], [add(one)]);
  const { text } = resultSummary(proposal, [
    { plan: planOf([two], add(one)), outcome: { kind: 'pending', code: 'c' } },
    { plan: beta, outcome: { kind: 'failed', error } },
  ]);
  assert.match(text, /of Beta could not be changed/);
});

test('an undo of what is back already says so', () => {
  const unchanged = [planOf([one])];
  assert.deepEqual(resultLines({ ...proposal, unchanged, undoes: 'c' }, []), ['Alpha is as it was before already.']);
});

test('a request for approval whose answer was lost is told as one', () => {
  const error = new GraphError({ kind: 'network', sent: 'unknown', message: 'gone', request: { method: 'POST', path: '/assign' } });
  const plan = planOf([two], add(one));
  const words = (asked: boolean) =>
    resultLines(proposal, [{ plan, outcome: { kind: 'unknown', error, ...(asked && { asked: true }) } }])[0];
  assert.match(words(true) ?? '', /A request for its approval may be waiting/);
  assert.match(words(false) ?? '', /It may still be made/);
});
