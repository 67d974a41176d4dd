import { isRecord } from '../../base/canonicalJson.ts';
import { type GraphClient, GraphError, type SendOptions } from '../../graph/client.ts';
import { type Family, tierScopes } from '../model/families.ts';
import { type Script, scriptFromWire } from '../model/script.ts';
import { readAssignments, settle, unreadable } from './assignments.ts';

const nextLinkOfAssignments = 'assignments@odata.nextLink';

/** As much on a page as other tools ask for. How much the service grants is its own affair. */
const pageSize = '$top=999';

/**
 * The list with large pages: the settings catalog has hundreds of policies that are no scripts, and pages go one after another.
 * That `$top` works beside `$expand` is not confirmed for every family, so where it is refused, the service's own pages do.
 */
async function list(client: GraphClient, family: Family, options: SendOptions): Promise<readonly unknown[]> {
  const scopes = tierScopes[family.readTier];
  const path = `${family.path}?${[family.filter, '$expand=assignments'].filter(part => part !== undefined).join('&')}`;
  try {
    return await client.list({ path: `${path}&${pageSize}`, scopes }, options);
  } catch (error) {
    if (!(error instanceof GraphError) || error.kind !== 'badRequest') throw error;
    return client.list({ path, scopes }, options);
  }
}

/** What the list does not show of a script's assignments is no sign that there are none. */
const cutOff = (wire: unknown): boolean => isRecord(wire) && (wire[nextLinkOfAssignments] != null || !Array.isArray(wire['assignments']));

/** A script of a list. One whose assignments cannot be understood has none, and says so: it fails alone. */
function understood(family: Family, item: unknown): Script | undefined {
  try {
    return scriptFromWire(family, item);
  } catch (error) {
    const notRead = unreadable(family, error);
    if (!(notRead instanceof GraphError) || !isRecord(item)) throw error;
    const script = scriptFromWire(family, { ...item, assignments: [] });
    return script && { ...script, notRead };
  }
}

/**
 * All scripts of a family with their assignments, by one list request a page: `$expand=assignments` works on the lists of all families. What the
 * list cuts off of a script is read on its own, and fails that script alone. For showing only: the base of a write is read on its own. Contents
 * are null in lists. Rejects with a `GraphError`.
 */
export async function readScripts(client: GraphClient, family: Family, options: SendOptions = {}): Promise<readonly Script[]> {
  const items = await list(client, family, options);
  // An item may come on two pages when the list changes while it is read.
  const scripts = new Map<string, Script>();
  const incomplete: Script[] = [];
  for (const item of items) {
    const script = understood(family, item);
    if (!script) continue;
    scripts.set(script.id, script);
    if (!script.notRead && cutOff(item)) incomplete.push(script);
  }
  await Promise.all(
    incomplete.map(async script => {
      const read = await settle(() => readAssignments(client, script, tierScopes[family.readTier], options));
      scripts.set(script.id, { ...script, ...(read.ok ? { assignments: read.value } : { assignments: [], notRead: read.error }) });
    }),
  );
  return [...scripts.values()];
}
