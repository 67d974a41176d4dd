import type { GraphClient, Outcome, SendOptions } from '../../graph/client.ts';
import type { Assignment } from '../assignment.ts';
import { familyOf } from '../families.ts';
import { tierScopes } from '../permissions.ts';
import { readManyAssignments } from '../readAssignments.ts';
import { type ScriptRef, scriptKey } from '../script.ts';

/** The assignments of scripts of any family as they are now, each with its own outcome, by script key. Asks for permission to read only. */
export async function readNow(
  client: GraphClient,
  scripts: readonly ScriptRef[],
  options: SendOptions = {},
): Promise<ReadonlyMap<string, Outcome<readonly Assignment[]>>> {
  const byTier = Map.groupBy(scripts, ({ family }) => familyOf(family).readTier);
  const read = await Promise.all(
    [...byTier].map(async ([tier, some]) => {
      const outcomes = await readManyAssignments(client, some, tierScopes[tier], options);
      return some.flatMap((script, index) => (outcomes[index] ? [[scriptKey(script), outcomes[index]] as const] : []));
    }),
  );
  return new Map(read.flat());
}
