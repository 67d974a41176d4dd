import { views } from '../contract.ts';
import { type ApprovalState, readApprovalStates } from '../intune/approvalRequests.ts';
import type { Connection } from '../intune/connection.ts';
import { withViewProgress } from '../views/withViewProgress.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** Reads with progress in the Changes view; undefined where that fails, which the log tells. */
export async function readOrLog<T>({ log }: Pick<WriteCommandParts, 'log'>, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await withViewProgress(read, views.changes);
  } catch (error) {
    log.error(error);
    return undefined;
  }
}

/** How requests for approval stand, by their codes in lower case; undefined where that cannot be read. */
export const readStates = (
  parts: Pick<WriteCommandParts, 'log'>,
  { client }: Connection,
): Promise<ReadonlyMap<string, ApprovalState> | undefined> => readOrLog(parts, () => readApprovalStates(client));
