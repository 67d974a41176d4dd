import * as z from 'zod/mini';
import type { GraphClient } from '../graph/client.ts';
import type { Cloud } from '../graph/clouds.ts';
import { tierScopes } from '../intune/model/families.ts';
import type { Memory } from '../intune/model/memory.ts';
import type { Connection } from '../intune/read/connection.ts';
import { createInventory, nameFilters } from '../intune/read/inventory.ts';

const tenantNameKey = 'tenantName';

/** The name that a tenant had when it was last read. */
export function rememberedName(memory: Memory): string | undefined {
  const name = memory.get(tenantNameKey);
  return typeof name === 'string' ? name : undefined;
}

export interface ConnectParts {
  readonly key: string;
  readonly sample: boolean;
  readonly cloud: Cloud;
  readonly tenantId: string;
  readonly account: string;
  readonly appOnly?: boolean;
  readonly client: GraphClient;
  readonly memory: Memory;
  /** Called when the tenant's name is known, if it was not or is another one. */
  readonly onName: () => void;
}

/**
 * A connection. The tenant's name is the one remembered until it was read, which the first load does beside the scripts. The names of
 * filters are read after each load.
 */
export function connect({ onName, ...parts }: ConnectParts): Connection {
  const { client, memory, tenantId } = parts;
  let tenantName = rememberedName(memory) ?? tenantId;
  const inventory = createInventory(client, memory);

  async function readName(): Promise<void> {
    const name = await readTenantName(client);
    if (name === undefined) throw new Error('The name of the tenant cannot be read.');
    if (name === tenantName) return;
    tenantName = name;
    onName();
    await memory.set(tenantNameKey, name);
  }

  let named: Promise<void> | undefined;
  /** Asked for until it was read, and shown only, so that its failure is none of the load. */
  const nameOnce = (): Promise<void> => {
    named ??= readName().catch(() => {
      named = undefined;
    });
    return named;
  };
  return {
    ...parts,
    get tenantName() {
      return tenantName;
    },
    inventory: {
      ...inventory,
      async load(options) {
        // Beside the scripts, and not awaited: who asks to read again after these failed is not to wait for a name that is tried again.
        void nameOnce();
        await inventory.load(options);
        // Not awaited: the tree is complete without the names of filters.
        void nameFilters(inventory, options);
      },
    },
  };
}

const organizations = z.looseObject({ value: z.array(z.looseObject({ displayName: z.string().check(z.minLength(1)) })) });

/** The tenant's display name, or undefined where it cannot be read. */
export async function readTenantName(client: GraphClient): Promise<string | undefined> {
  const [answer] = await client.sendAll([{ path: '/v1.0/organization?$select=id,displayName', scopes: tierScopes.browse }]);
  if (!answer?.ok) return undefined;
  return organizations.safeParse(answer.value.body).data?.value[0]?.displayName;
}
