import type { Connection } from '../intune/read/connection.ts';
import type { FinishParts } from '../intune/write/finishApproval.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

/** What writes in a connection. */
export const writeParts = (parts: WriteCommandParts, connection: Connection): FinishParts => ({
  client: connection.client,
  journal: parts.journal(connection),
  memory: connection.memory,
  clock: parts.clock,
  writeMethod: parts.settings().writeMethod,
  connection: connection.key,
  account: connection.account,
  newId: parts.newId,
  report: parts.log.error,
});
