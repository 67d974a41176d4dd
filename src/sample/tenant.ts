import type { Clock } from '../base/clock.ts';
import { type SecondAdministrator, secondAdministrator } from './admin.ts';
import { type Behavior, harshBehavior } from './behavior.ts';
import { makeState } from './data/makeState.ts';
import { accountRoutes } from './directory/accountRoutes.ts';
import { groupRoutes } from './directory/groupRoutes.ts';
import { auditRoutes } from './intune/auditEvents.ts';
import { otherRoutes } from './intune/otherRoutes.ts';
import { readRoutes } from './intune/readRoutes.ts';
import { scriptRoutes } from './intune/scriptRoutes.ts';
import { writeRoutes } from './intune/writeRoutes.ts';
import { guidMaker } from './random.ts';
import { requestHandler, type ScopesOf } from './service/handler.ts';
import type { Observer } from './service/observe.ts';
import type { TenantState } from './state/state.ts';
import { systemClock } from './systemClock.ts';

/** Microsoft Graph of a made-up tenant, in memory. */
export interface SampleTenant {
  /**
   * Answers a request to `https://graph.microsoft.com/...` (or another cloud's Graph).
   * Rejects with a TypeError when the connection is lost, with the signal's reason when the request is aborted.
   */
  handle(request: Request): Promise<Response>;
  readonly tenantId: string;
  readonly tenantName: string;
  /** Somebody else who works in the tenant. */
  readonly admin: SecondAdministrator;
  /** What is in the tenant; `rowsOf(script)` gives the true assignments. */
  readonly state: TenantState;
  /** The switches; may be set at any time. */
  readonly behavior: Behavior;
}

export interface SampleTenantOptions {
  /** About 40 scripts and 60 groups, or 500 scripts and 60,000 groups. Default small. */
  readonly size?: 'small' | 'large';
  /** The same seed gives the same ids. Default 1. */
  readonly seed?: number;
  readonly clock?: Clock;
  readonly behavior?: Partial<Behavior>;
  /** What is in the tenant at first, in place of the data of `size`. */
  readonly state?: TenantState;
  /** The scopes of every token, or of each. Default `sampleScopes`. */
  readonly scopes?: ReadonlySet<string> | ScopesOf;
  readonly observe?: Observer;
}

/** Enough to read and write everything, but not Directory.Read.All. */
export const sampleScopes: ReadonlySet<string> = new Set([
  'DeviceManagementScripts.ReadWrite.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementApps.Read.All',
  'GroupMember.Read.All',
  'User.Read',
]);

const routes = [...otherRoutes, ...auditRoutes, ...readRoutes, ...writeRoutes, ...scriptRoutes, ...groupRoutes, ...accountRoutes];

/** A new tenant with its own data. Unless told otherwise it behaves as badly as the service can (`harshBehavior`). */
export function createSampleTenant(options: SampleTenantOptions = {}): SampleTenant {
  const { size = 'small', seed = 1, clock = systemClock, scopes = sampleScopes } = options;
  const behavior: Behavior = { ...harshBehavior(), ...options.behavior };
  const state = options.state ?? makeState(size, seed);
  const newGuid = guidMaker(seed, 'new');
  let [made, reads] = [0, 0];
  const shownMoment = (): number => clock.now() - (behavior.replicaLagsMs[reads++ % behavior.replicaLagsMs.length] ?? 0);
  const service = { state, behavior, clock, newId: () => newGuid(made++), shownMoment };
  const scopesOf = typeof scopes === 'function' ? scopes : () => scopes;
  const handle = requestHandler(service, routes, scopesOf, options.observe);
  return { handle, tenantId: state.tenantId, tenantName: state.tenantName, admin: secondAdministrator(service), state, behavior };
}
