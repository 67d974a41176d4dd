import type { Clock } from '../base/clock.ts';
import type { SendOptions } from '../graph/client.ts';
import type { Connection } from './connection.ts';
import type { CopySource } from './copyAssignments.ts';
import { familyOf } from './families.ts';
import type { JournalRecord } from './journal.ts';
import { knownWrites, notShownYet, predatesOurWrites, recentWrites } from './knownWrites.ts';
import { tierScopes } from './permissions.ts';
import { readAssignments } from './readAssignments.ts';
import type { ScriptRef } from './script.ts';

/**
 * Reads what is copied from a script: its own assignments. Throws a `GraphError`, also where the service still shows what was there before a
 * change of ours.
 */
export async function readCopySource(
  { client }: Pick<Connection, 'client'>,
  script: ScriptRef,
  records: readonly JournalRecord[],
  clock: Clock,
  options: SendOptions = {},
): Promise<CopySource> {
  const { family } = script;
  const rows = await readAssignments(client, script, tierScopes[familyOf(family).readTier], options);
  if (predatesOurWrites(rows, recentWrites(knownWrites(records).of(script), clock))) throw notShownYet(script);
  return { family, rows };
}
