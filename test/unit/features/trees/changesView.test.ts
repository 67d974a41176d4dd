import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { commands, type TreeDataProvider, window } from 'vscode';
import { createJournals } from '../../../../src/connections/journals.ts';
import { createChangesView } from '../../../../src/features/trees/changesView.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import type { JournalEnd, JournalRecord } from '../../../../src/intune/journal/journal.ts';
import { settle } from '../../auth/fakes.ts';
import { createWorld } from '../../intune/support.ts';
import { FakeTreeView } from './fakeTreeView.ts';

const at = '2026-01-01T00:00:00.000Z';
const { connection } = createWorld();
const outcomes: readonly JournalEnd['outcome'][] = [
  'written',
  'changedAfter',
  'conflict',
  'failed',
  'cancelled',
  'undecided',
  'unknown',
  'pending',
];
const settled = outcomes.filter(outcome => outcome !== 'unknown' && outcome !== 'pending');

let tree = new FakeTreeView();
/** How often the rows were drawn anew. */
let drawn = 0;
beforeEach(() => {
  tree = new FakeTreeView();
  drawn = 0;
  const createTreeView = (_id: string, { treeDataProvider }: { readonly treeDataProvider: TreeDataProvider<unknown> }): FakeTreeView => {
    treeDataProvider.onDidChangeTreeData?.(() => {
      drawn += 1;
    });
    return tree;
  };
  Object.assign(window, { createTreeView });
  Object.assign(commands, { executeCommand: async () => undefined });
});

/** The records of a write that ended like this, or has not ended, each in a change of its own. */
function write(id: string, outcome: JournalEnd['outcome'] | undefined): readonly JournalRecord[] {
  const { key, account } = connection;
  const script = { family: 'deviceManagementScripts', id, name: id } as const;
  const path = `/beta/deviceManagement/deviceManagementScripts/${id}/assign`;
  return [
    { type: 'start', id, changeId: `change of ${id}`, at, connection: key, account, script, before: [], after: [] },
    ...(outcome ? [{ type: 'end', id, at, outcome } as const] : []),
    ...(outcome === 'pending' ? [{ type: 'approval', id, at, code: `code of ${id}`, path, body: '{}' } as const] : []),
  ];
}

/** A view that is not seen, of a journal in which writes ended like this. `died`: so did the window that wrote it. */
async function viewOf(ended: readonly (JournalEnd['outcome'] | undefined)[], { died = false } = {}) {
  const inMemory = createJournals('/nowhere', 'window', systemClock)({ key: 'in memory', sample: true });
  const journal = died ? { ...inMemory, living: async () => new Set<string>() } : inMemory;
  await journal.append(ended.flatMap((outcome, index) => write(`${index}`, outcome)));
  const report = (error: unknown): void => assert.fail(String(error));
  let now = Date.parse(at);
  const view = createChangesView({ journal: () => journal, now: () => now, onPendingSeen: () => undefined, report });
  view.showConnection(connection);
  await view.refresh();
  const setNow = (next: number): void => {
    now = next;
  };
  return { view, journal, setNow };
}

const onlyUnsettled = { value: 1, tooltip: 'It is not known yet whether 1 script was changed.' };
const onlyPending = { value: 1, tooltip: '1 change waits for approval.' };

describe('the badge of the Changes view', () => {
  test('is not there where each write is known to be done or not', async () => {
    await viewOf([]);
    assert.equal(tree.badge, undefined);
    await viewOf(settled);
    assert.equal(tree.badge, undefined);
  });

  test('counts a write of which nobody knows whether it was made, and nothing else beside it', async () => {
    await viewOf(['unknown', ...settled]);
    assert.deepEqual(tree.badge, onlyUnsettled);
  });

  test('counts a write that has no end once its window died, and not while it goes on', async () => {
    await viewOf([undefined, ...settled]);
    assert.equal(tree.badge, undefined);
    await viewOf([undefined, ...settled], { died: true });
    assert.deepEqual(tree.badge, onlyUnsettled);
  });

  test('counts a write that waits for approval, and nothing else beside it', async () => {
    await viewOf(['pending', ...settled]);
    assert.deepEqual(tree.badge, onlyPending);
  });

  test('counts both together, and says of each how many', async () => {
    await viewOf(['pending', 'unknown', 'pending', ...settled, 'pending', 'unknown']);
    assert.deepEqual(tree.badge, {
      value: 5,
      tooltip: 'It is not known yet whether 2 scripts were changed. 3 changes wait for approval.',
    });
  });

  test('goes when the last of them is settled, and comes with the next, though the view is not seen', async () => {
    const { journal } = await viewOf(['pending']);
    await journal.append([{ type: 'end', id: '0', at, outcome: 'failed', approval: 'rejected' }]);
    await settle();
    assert.equal(tree.badge, undefined);
    await journal.append(write('next', 'unknown'));
    await settle();
    assert.deepEqual(tree.badge, onlyUnsettled);
  });
});

describe('the rows of the Changes view', () => {
  // While rows are drawn anew VS Code knows none of them, and a menu that is open acts on none.
  test('stay where requests for approval stand as they stood', async () => {
    const { view } = await viewOf(['pending']);
    view.showApprovals(new Map([['code of 0', 'needsApproval']]));
    const before = drawn;
    view.showApprovals(new Map([['code of 0', 'needsApproval']]));
    assert.equal(drawn, before);
    view.showApprovals(new Map([['code of 0', 'approved']]));
    assert.ok(drawn > before);
  });

  test('stay where the journal is read again and says the same, and are drawn anew where the day has changed', async () => {
    const { view, journal, setNow } = await viewOf(['written']);
    const before = drawn;
    await view.refresh();
    assert.equal(drawn, before);
    await journal.append(write('next', 'written'));
    await view.refresh();
    const written = drawn;
    assert.ok(written > before);
    setNow(Date.parse(at) + 24 * 3_600_000);
    await view.refresh();
    assert.ok(drawn > written);
  });
});
