import { isDeepStrictEqual } from 'node:util';
import { type Disposable, type ViewBadge, window } from 'vscode';
import { type ApprovalState, isPending } from '../../intune/history/approvals.ts';
import { isUnsettled, type PastChange, type PastWrite } from '../../intune/history/pastChange.ts';
import { readHistory } from '../../intune/history/recovery.ts';
import { isSettled, type JournalRecord, type SharedJournal } from '../../intune/journal/journal.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { views } from '../../manifest.ts';
import { pendingWords, unsettledWords } from '../../ui/format/change.ts';
import { connectionLine, repeatedNames } from '../../ui/format/names.ts';
import { dayOf } from './changesTree.ts';
import { NodeProvider } from './nodeProvider.ts';
import type { RowContext } from './row.ts';
import { changesModel } from './treeModel.ts';
import { setNoChanges } from './viewState.ts';

/** What a journal is kept by. */
type Journalled = Pick<Connection, 'key' | 'sample'>;

/** The Changes view: what was changed here, by day. Reads the journal only while it is seen, or where it has to call for somebody. */
export interface ChangesView extends Disposable {
  /** Shows what was changed in a connection; without one, whether something of `absent` calls for somebody who signs in to it. */
  showConnection(connection: Connection | undefined, absent?: Journalled): void;
  /** Shows how requests for approval stand, by their codes in lower case. */
  showApprovals(states: ReadonlyMap<string, ApprovalState>): void;
  /** Reads the journal again, for what other windows wrote, and for the badge. */
  refresh(): Promise<void>;
  /** The same where somebody would see it: the view is open, or something calls for somebody. `open`: something does by now. */
  update(open: boolean): Promise<void>;
}

export interface ChangesViewParts {
  readonly journal: (connection: Journalled) => SharedJournal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Gets the connection of requests for approval while they are seen, and undefined when none is. */
  readonly onPendingSeen: (connection: Connection | undefined) => void;
  /** Gets what goes wrong where nobody waits for it. */
  readonly report: (error: unknown) => void;
}

const count = (changes: readonly PastChange[], counts: (write: PastWrite) => boolean): number =>
  changes.flatMap(({ writes }) => writes.filter(counts)).length;

/** What calls for somebody: writes of which nobody knows whether they were made, and requests that wait for approval. */
function badgeOf(changes: readonly PastChange[]): ViewBadge | undefined {
  const [unsettled, pending] = [count(changes, isUnsettled), count(changes, isPending)];
  const tooltip = [...(unsettled > 0 ? [unsettledWords(unsettled)] : []), ...(pending > 0 ? [pendingWords(pending)] : [])].join(' ');
  return unsettled + pending > 0 ? { value: unsettled + pending, tooltip } : undefined;
}

const nothing: RowContext['inventory'] = { families: new Map(), groups: new Map(), filters: () => undefined };

const leavesOpen = (record: JournalRecord): boolean => record.type === 'end' && !isSettled(record);

export function createChangesView({ journal, now, onPendingSeen, report }: ChangesViewParts): ChangesView {
  let connection: Connection | undefined;
  let absent: Journalled | undefined;
  let changes: readonly PastChange[] = [];
  let day = '';
  let subscriptions: readonly { dispose(): void }[] = [];
  let reading: Promise<void> | undefined;
  let stale = false;
  let approvals: ReadonlyMap<string, ApprovalState> | undefined;

  /** Of somebody who is not signed in, nothing is shown but that something is open. */
  function context(): RowContext | undefined {
    const common = { now: now(), runSummary: () => undefined };
    if (connection) {
      const { key, inventory } = connection;
      const clear = { repeated: repeatedNames(inventory.groups), namesakes: new Set<string>() };
      return { ...common, ...clear, key, inventory, changes, approvals };
    }
    const clear = { repeated: new Set<string>(), namesakes: new Set<string>() };
    return absent && { ...common, ...clear, key: absent.key, inventory: nothing, unsettled: count(changes, isUnsettled) };
  }
  const provider = new NodeProvider(changesModel, context);
  const view = window.createTreeView(views.changes, { treeDataProvider: provider, showCollapseAll: true });

  const seePending = (): void => onPendingSeen(view.visible && count(changes, isPending) > 0 ? connection : undefined);

  function show(next: readonly PastChange[]): void {
    changes = next;
    day = dayOf(now());
    // `undefined` takes a badge away, which VS Code's types say only of later versions.
    Object.assign(view, { badge: badgeOf(changes) });
    provider.refresh('all');
    seePending();
  }

  async function readAll(): Promise<void> {
    for (let read = connection ?? absent; stale && read; read = connection ?? absent) {
      stale = false;
      const next = await readHistory(journal(read));
      if (read !== (connection ?? absent)) continue;
      // While rows are drawn anew VS Code knows none of them, and a menu that is open acts on none.
      if (day !== dayOf(now()) || !isDeepStrictEqual(next, changes)) show(next);
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
    seePending();
  });

  return {
    showConnection(next, without) {
      Object.assign(view, { description: next && connectionLine(next) });
      if (next === connection && without?.key === absent?.key) return;
      connection = next;
      approvals = undefined;
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
    showApprovals(states) {
      if (isDeepStrictEqual(states, approvals)) return;
      approvals = states;
      provider.refresh('all');
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
