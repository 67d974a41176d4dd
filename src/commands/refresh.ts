import type { Connection } from '../intune/connection.ts';
import type { InventoryLoader } from '../views/inventoryLoader.ts';
import type { Node } from '../views/nodes.ts';
import { type ConnectionParts, requireConnection } from './requireConnection.ts';
import { resolveNodes } from './selection.ts';

export interface RefreshParts extends ConnectionParts {
  readonly loader: Pick<InventoryLoader, 'load' | 'reload'>;
  readonly selectedNodes: () => readonly Node[];
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
    await Promise.all([...families].map(family => parts.loader.reload(connection, family)));
  };
