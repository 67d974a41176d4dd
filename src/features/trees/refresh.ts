import { type ConnectionParts, requireConnection } from '../../app/connection.ts';
import type { InventoryLoader } from '../../app/inventoryLoader.ts';
import { resolveNodes } from '../../app/selection.ts';
import { GraphError } from '../../graph/client.ts';
import { familyOf, type Tier } from '../../intune/model/families.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { FamilyState } from '../../intune/read/inventory.ts';
import type { Node } from '../../ui/nodes.ts';

export interface RefreshParts extends ConnectionParts {
  readonly loader: Pick<InventoryLoader, 'load' | 'reload'>;
  readonly selectedNodes: () => readonly Node[];
  /** Sees to it that a tier can be had, asking the user once, and says why not. */
  readonly ensureTier: (tier: Tier) => Promise<boolean>;
}

/** Whether a family was not read for want of a permission, which the user's wish to read it again is a reason to ask for. */
function lacksPermission(state: FamilyState | undefined): boolean {
  if (state?.status !== 'failed' || !(state.error instanceof GraphError)) return false;
  const { kind, intuneRole } = state.error;
  return kind === 'noToken' || kind === 'claimsChallenge' || (kind === 'forbidden' && !intuneRole);
}

/** Refresh: reads everything again. What is expanded stays so. */
export const refresh = (parts: RefreshParts) => async (): Promise<void> => {
  const connection = await requireConnection(parts);
  if (connection) await parts.loader.load(connection);
};

const familiesOf = (nodes: readonly Node[], { key }: Connection): ReadonlySet<Parameters<InventoryLoader['reload']>[1]> =>
  new Set(nodes.flatMap(node => (node.kind === 'family' && node.connection === key ? [node.family] : [])));

/** Refresh of families: reads just these again; all of them where no family is given. */
export const refreshFamily =
  (parts: RefreshParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireConnection(parts);
    if (!connection) return;
    const families = familiesOf(resolveNodes(args, parts.selectedNodes) ?? [], connection);
    if (families.size === 0) return parts.loader.load(connection);
    for (const tier of new Set(
      [...families].flatMap(id => (lacksPermission(connection.inventory.families.get(id)) ? [familyOf(id).readTier] : [])),
    )) {
      if (!(await parts.ensureTier(tier))) return;
    }
    await Promise.all([...families].map(family => parts.loader.reload(connection, family)));
  };
