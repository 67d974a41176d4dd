import type { SendOptions } from '../graph/client.ts';
import { families } from './families.ts';
import type { Inventory } from './inventory.ts';

/** Whether the load found the permission that filters need: it is the one of a family's scripts. */
const isPermitted = (inventory: Pick<Inventory, 'families'>): boolean =>
  families.some(({ id, readTier }) => readTier === 'browseMore' && inventory.families.get(id)?.status === 'loaded');

/** Reads the filters for showing, after a load, where some assignment has one and they may be read. Never rejects: names are only shown. */
export async function nameFilters(
  inventory: Pick<Inventory, 'families' | 'scripts' | 'readFilters'>,
  options: SendOptions = {},
): Promise<void> {
  const hasFilter = inventory.scripts().some(({ assignments }) => assignments.some(({ target }) => target.filter !== undefined));
  if (hasFilter && isPermitted(inventory)) await inventory.readFilters(options).catch(() => undefined);
}
