import type { SendOptions } from '../graph/client.ts';
import type { Connection } from './connection.ts';
import type { CopySource } from './copyAssignments.ts';
import { familyOf } from './families.ts';
import type { JournalRecord } from './journal.ts';
import { tierScopes } from './permissions.ts';
import { readAssignments } from './readAssignments.ts';
import type { ScriptRef } from './script.ts';
import { hiddenWrites, isBefore, notShownYet } from './write/hidden.ts';

/**
 * Reads what is copied from a script: its own assignments. Throws a `GraphError`, also where the service still shows what was there before a
 * change of ours. `now` is in milliseconds since the epoch.
 */
export async function readCopySource(
  { client }: Pick<Connection, 'client'>,
  script: ScriptRef,
  records: readonly JournalRecord[],
  now: number,
  options: SendOptions = {},
): Promise<CopySource> {
  const { family } = script;
  const rows = await readAssignments(client, script, tierScopes[familyOf(family).readTier], options);
  if (isBefore(rows, hiddenWrites(records, script, now))) throw notShownYet(script);
  return { family, rows };
}
