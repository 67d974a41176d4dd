import type { GraphClient } from '../../graph/client.ts';
import type { Cloud } from '../../graph/clouds.ts';
import type { Memory } from '../model/memory.ts';
import type { Inventory } from './inventory.ts';

/** A tenant as one account sees it. Everything that is read, remembered or written belongs to exactly one connection. */
export interface Connection {
  /** Stable key of cloud, tenant and account. */
  readonly key: string;
  /** Whether this is the built-in sample tenant. */
  readonly sample: boolean;
  readonly cloud: Cloud;
  readonly tenantId: string;
  /** The tenant's display name; its id as long as the name is not known. */
  readonly tenantName: string;
  /** How the account is called, as in VS Code's Accounts menu. */
  readonly account: string;
  /** Whether the account is an app that acts as itself, and no person. */
  readonly appOnly?: boolean;
  readonly client: GraphClient;
  readonly memory: Memory;
  readonly inventory: Inventory;
}
