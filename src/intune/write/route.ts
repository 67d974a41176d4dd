import type { GraphError, GraphRequest } from '../../graph/client.ts';
import { wireToWrite } from '../model/assignment.ts';
import { type FamilyId, familyOf, tierScopes } from '../model/families.ts';
import type { Memory } from '../model/memory.ts';
import { scriptPath } from '../model/script.ts';
import { assignBody, type Plan, singleAddition } from '../plan/plan.ts';

/** The setting `intuneScripts.writeMethod`. */
export type WriteMethod = 'auto' | 'assign' | 'collection';

/**
 * The two ways to write. `collection` adds one row and leaves the others alone, so nothing of anybody can be lost; it is documented, but
 * the service was seen to have no such route. `assign` replaces the whole set.
 */
export type Route = 'assign' | 'collection';

const memoryKey = (family: FamilyId): string => `collectionRoute/${family}`;

/** Whether the tenant has the additive route for a family: undefined as long as nobody tried. */
export function knownRoute(memory: Memory, family: FamilyId): boolean | undefined {
  const known = memory.get(memoryKey(family));
  return typeof known === 'boolean' ? known : undefined;
}

export const rememberRoute = (memory: Memory, family: FamilyId, works: boolean): Promise<void> => memory.set(memoryKey(family), works);

/** The route of a plan; undefined where the setting asks for additions only and the plan is more than that. */
export function routeOf(plan: Plan, method: WriteMethod, memory: Memory): Route | undefined {
  if (method === 'assign') return 'assign';
  const addition = singleAddition(plan) !== undefined;
  if (method === 'collection') return addition ? 'collection' : undefined;
  return addition && knownRoute(memory, plan.script.family) !== false ? 'collection' : 'assign';
}

/** The request that writes a plan. */
export function writeRequest(plan: Plan, route: Route): GraphRequest {
  const path = scriptPath(plan.script);
  const scopes = tierScopes[familyOf(plan.script.family).writeTier];
  const addition = singleAddition(plan);
  return route === 'collection' && addition
    ? { method: 'POST', path: `${path}/assignments`, body: wireToWrite(addition), scopes }
    : { method: 'POST', path: `${path}/assign`, body: assignBody(plan), scopes };
}

/** What to do after a write was answered with an error. */
export type Reaction =
  /** Nothing was done; read again, after a wait in milliseconds where one was asked for, and write again. */
  | { readonly kind: 'again'; readonly waitMs: number | undefined }
  /** It may have been done: only reading tells. */
  | { readonly kind: 'settle' }
  | { readonly kind: 'fail' };

/** An answer that was lost, or a 5xx, is never sent again blindly: the service was seen to answer 500 after it had done the work. */
export function reactionTo(error: GraphError): Reaction {
  if (error.sent === 'no') return { kind: 'fail' };
  if (error.kind === 'throttled') return { kind: 'again', waitMs: error.retryAfterMs };
  if (error.kind === 'unauthorized' || error.kind === 'claimsChallenge') return { kind: 'again', waitMs: 0 };
  if (error.sent === 'unknown' || error.kind === 'server' || error.kind === 'badAnswer') return { kind: 'settle' };
  return { kind: 'fail' };
}
