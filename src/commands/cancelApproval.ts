import { l10n } from 'vscode';
import { views } from '../contract.ts';
import type { PendingWrite } from '../intune/history/approvals.ts';
import { cancelApprovalRequest } from '../intune/history/approvals.ts';
import { stampOf } from '../intune/journal/journal.ts';
import type { Connection } from '../intune/read/connection.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import { askOrKeep, say } from '../views/say.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { withViewProgress } from '../views/withViewProgress.ts';
import { refusedWords } from '../views/words/approval.ts';
import { scriptCount } from '../views/words/count.ts';
import { quoted } from '../views/words/quoted.ts';
import { scriptLabel } from '../views/words/script.ts';
import { choosePending } from './choosePending.ts';
import { notWritable } from './readOnly.ts';
import { requireWritable, type WriteAccessParts } from './writeAccess.ts';

export interface ApprovalParts extends WriteAccessParts {
  readonly pickOne: PickOne;
}

/** Takes requests for approval back, and says so in the journal. Throws a `GraphError` at the first that cannot be. */
export async function cancelRequests(parts: ApprovalParts, connection: Connection, writes: readonly PendingWrite[]): Promise<void> {
  for (const { approval } of writes) {
    await cancelApprovalRequest(connection.client, approval.request.code);
    const end = { type: 'end', id: approval.start.id, ...stampOf(parts.clock), outcome: 'failed', approval: 'cancelled' } as const;
    await parts.journal(connection).append([end]);
  }
}

/** Cancel Request…: takes back requests for approval of one's own. */
export const cancelApproval =
  (parts: ApprovalParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireWritable(parts);
    if (!connection) return;
    const chosen = await choosePending(parts, connection, args, l10n.t('Cancel a Request for Approval'));
    const writes = chosen?.writes ?? [];
    const [first] = writes;
    if (!first) return;
    const name = scriptLabel(first.script);
    const one = writes.length === 1;
    const question = one
      ? l10n.t('Cancel the request to change {0}?', quoted(name))
      : l10n.t('Cancel the requests to change {0}?', scriptCount(writes.length));
    const detail = one
      ? l10n.t('Nothing is changed, and nobody can approve it any more.')
      : l10n.t('Nothing is changed, and nobody can approve them any more.');
    const act = one ? l10n.t('Cancel Request in {0}', tenantTitle(connection)) : l10n.t('Cancel Requests in {0}', tenantTitle(connection));
    const keep = one ? l10n.t('Keep Request') : l10n.t('Keep Requests');
    if (!(await askOrKeep(question, detail, act, keep))) return;
    const stopped = notWritable(parts, connection);
    if (stopped !== undefined) return void say(stopped);
    await withViewProgress(() => cancelRequests(parts, connection, writes), views.changes);
    void say(one ? refusedWords(name, 'cancelled') : l10n.t('The requests to change {0} were canceled.', scriptCount(writes.length)));
  };
