import type { SendOptions } from '../graph/client.ts';
import type { Connection } from './connection.ts';
import type { CopySource } from './copyAssignments.ts';
import { familyOf } from './families.ts';
import type { JournalRecord } from './journal.ts';
import { tierScopes } from './permissions.ts';
import { readAssignments } from './readAssignments.ts';
import { readForPlan } from './readForPlan.ts';
import { remediatesBy } from './remediation.ts';
import { type ScriptRef, scriptKey } from './script.ts';
import { hiddenWrites, isBefore, notShownYet } from './write/hidden.ts';

/**
 * Reads what is copied from a script: its own assignments, and what is known of their remediation. Throws a `GraphError`, also where the
 * service still shows what was there before a change of ours. `now` is in milliseconds since the epoch.
 */
export async function readCopySource(
  { client, memory }: Pick<Connection, 'client' | 'memory'>,
  script: ScriptRef,
  records: readonly JournalRecord[],
  now: number,
  options: SendOptions = {},
): Promise<CopySource> {
  const { supports, readTier } = familyOf(script.family);
  const rows = await readAssignments(client, script, tierScopes[readTier], options);
  if (isBefore(rows, hiddenWrites(records, script, now))) throw notShownYet(script);
  if (!supports.schedule) return { family: script.family, rows, remediates: () => undefined };
  const { remediationContent } = await readForPlan(client, [script], [], options);
  const hasRemediation = remediationContent.get(scriptKey(script));
  return { family: script.family, rows, remediates: remediatesBy(script, { hasRemediation, records, memory }) };
}
