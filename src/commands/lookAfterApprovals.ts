import { l10n } from 'vscode';
import { type Followed, followApprovals, stateOf } from '../intune/history/approvals.ts';
import type { Connection } from '../intune/read/connection.ts';
import { tenantTitle } from '../views/connectionWords.ts';
import { refusedAs, refusedWords } from '../views/words/approval.ts';
import { scriptCount } from '../views/words/count.ts';
import { scriptLabel } from '../views/words/script.ts';
import type { ConnectionParts } from './requireConnection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

export interface LookAfterApprovalsParts extends Pick<WriteCommandParts, 'journal' | 'clock' | 'log'> {
  readonly warn: ConnectionParts['say'];
}

/** Reads how the requests for approval stand, and says once which of them are over. Rejects with a `GraphError`. */
export async function lookAfterApprovals(
  { journal, clock, log, warn }: LookAfterApprovalsParts,
  connection: Connection,
): Promise<Pick<Followed, 'states' | 'busy'>> {
  const { states, refused, busy } = await followApprovals(connection.client, journal(connection), clock);
  const [first, ...more] = refused;
  if (!first) return { states, busy };
  const text =
    more.length === 0
      ? refusedWords(scriptLabel(first.script), refusedAs(stateOf(first, states)))
      : l10n.t('The requests to change {0} in {1} ended. Nothing was changed.', scriptCount(refused.length), tenantTitle(connection));
  log.info(text);
  // Not awaited: a notification may stand for hours.
  void warn(text);
  return { states, busy };
}
