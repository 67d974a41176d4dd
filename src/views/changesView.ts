import { type Disposable, window } from 'vscode';
import { views } from '../contract.ts';
import type { Connection } from '../intune/connection.ts';
import { isUnsettled, type PastChange } from '../intune/history/pastChange.ts';
import { readHistory } from '../intune/history/readHistory.ts';
import { isSettled, type JournalRecord, type SharedJournal } from '../intune/journal.ts';
import { connectionLine } from './connectionWords.ts';
import { NodeProvider } from './nodeProvider.ts';
import { repeatedNames } from './repeatedNames.ts';
import type { RowContext } from './rows/row.ts';
import { setNoChanges } from './setState.ts';
import { changesModel } from './treeModel.ts';
import { unsettledWords } from './words/change.ts';

/** What a journal is kept by. */
type Journalled = Pick<Connection, 'key' | 'sample'>;

/** The Changes view: what was changed here, by day. Reads the journal only while it is seen, or where it has to call for somebody. */
export interface ChangesView extends Disposable {
  /** Shows what was changed in a connection; without one, whether something of `absent` calls for somebody who signs in to it. */
  showConnection(connection: Connection | undefined, absent?: Journalled): void;
  /** Reads the journal again, for what other windows wrote, and for the badge. */
  refresh(): Promise<void>;
  /** The same where somebody would see it: the view is open, or something calls for somebody. `open`: something does by now. */
  update(open: boolean): Promise<void>;
}

export interface ChangesViewParts {
  readonly journal: (connection: Journalled) => SharedJournal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Gets what goes wrong where nobody waits for it. */
  readonly report: (error: unknown) => void;
}

/** What calls for somebody: writes of which nobody knows whether they were made. */
const openCount = (changes: readonly PastChange[]): number => changes.flatMap(({ writes }) => writes.filter(isUnsettled)).length;

const nothing: RowContext['inventory'] = { families: new Map(), groups: new Map(), filters: () => undefined };

const leavesOpen = (record: JournalRecord): boolean => record.type === 'end' && !isSettled(record);

export function createChangesView({ journal, now, report }: ChangesViewParts): ChangesView {
  let connection: Connection | undefined;
  let absent: Journalled | undefined;
  let changes: readonly PastChange[] = [];
  let subscriptions: readonly { dispose(): void }[] = [];
  let reading: Promise<void> | undefined;
  let stale = false;

  /** Of somebody who is not signed in, nothing is shown but that something is open. */
  function context(): RowContext | undefined {
    const common = { now: now(), runSummary: () => undefined };
    if (connection) {
      const { key, inventory } = connection;
      return { ...common, key, inventory, repeated: repeatedNames(inventory.groups), changes };
    }
    return absent && { ...common, key: absent.key, inventory: nothing, repeated: new Set(), unsettled: openCount(changes) };
  }
  const provider = new NodeProvider(changesModel, context);
  const view = window.createTreeView(views.changes, { treeDataProvider: provider, showCollapseAll: true });

  function show(next: readonly PastChange[]): void {
    changes = next;
    const open = openCount(changes);
    // `undefined` takes a badge away, which VS Code's types say only of later versions.
    Object.assign(view, { badge: open > 0 ? { value: open, tooltip: unsettledWords(open) } : undefined });
    provider.refresh('all');
  }

  async function readAll(): Promise<void> {
    for (let read = connection ?? absent; stale && read; read = connection ?? absent) {
      stale = false;
      const next = await readHistory(journal(read));
      if (read !== (connection ?? absent)) continue;
      show(next);
      setNoChanges(next.length === 0);
    }
  }

  function refresh(): Promise<void> {
    stale = true;
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    return reading;
  }
  const refreshing = (): void => void refresh().catch(report);

  const visibility = view.onDidChangeVisibility(({ visible }) => {
    // VS Code lays out a view without a message only after two seconds when it is first opened, unless its message is set.
    if (visible) Object.assign(view, { message: undefined });
    if (visible) refreshing();
  });

  return {
    showConnection(next, without) {
      Object.assign(view, { description: next && connectionLine(next) });
      if (next === connection && without?.key === absent?.key) return;
      connection = next;
      absent = next ? undefined : without;
      for (const subscription of subscriptions) subscription.dispose();
      subscriptions = next
        ? [
            journal(next).onDidAppend(records => {
              if (view.visible || view.badge || records.some(leavesOpen)) refreshing();
            }),
            next.inventory.onDidChange(change => {
              if (change === 'groups' || change === 'all') provider.refresh('all');
            }),
          ]
        : [];
      show([]);
      setNoChanges(false);
      if (absent || (next && view.visible)) refreshing();
    },
    refresh,
    update: async open => {
      if (open || view.visible || view.badge) await refresh();
    },
    dispose() {
      for (const subscription of [...subscriptions, visibility, view, provider]) subscription.dispose();
    },
  };
}
