import type { JsonObject } from '../wire/json.ts';
import type { Approval } from './approvals.ts';
import type { GroupStore } from './groupStore.ts';
import type { ScriptStore } from './scriptStore.ts';

/** Everything that the tenant holds. */
export interface TenantState {
  readonly tenantId: string;
  readonly tenantName: string;
  /** The signed-in user. */
  readonly user: { readonly id: string; readonly displayName: string; readonly userPrincipalName: string };
  readonly scripts: ScriptStore;
  readonly groups: GroupStore;
  readonly filters: readonly JsonObject[];
  /** Oldest first. */
  readonly auditEvents: JsonObject[];
  readonly approvals: Map<string, Approval>;
}
