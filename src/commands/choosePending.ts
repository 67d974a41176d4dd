import { l10n } from 'vscode';
import { isPending, type PendingWrite, readApprovalStates } from '../intune/history/approvals.ts';
import type { PastChange } from '../intune/history/pastChange.ts';
import type { Connection } from '../intune/read/connection.ts';
import { type ChooseParts, chooseChange } from './pastChanges.ts';
import { readOrLog } from './readOrLog.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** A change with those of its writes that wait for approval: of a row, or the one that the user picks. Undefined when the user leaves. */
export async function choosePending(
  parts: ChooseParts & Pick<WriteCommandParts, 'log'>,
  connection: Connection,
  args: readonly unknown[],
  title: string,
): Promise<{ readonly change: PastChange; readonly writes: readonly PendingWrite[] } | undefined> {
  const none = l10n.t('No change waits for approval.');
  const choice = { title, none, counts: isPending, readStates: () => readOrLog(parts, () => readApprovalStates(connection.client)) };
  const chosen = await chooseChange(parts, connection, args, choice);
  return chosen && { change: chosen.change, writes: chosen.writes.filter(isPending) };
}
