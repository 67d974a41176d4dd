import type { FamilyId, Tier } from '../../intune/model/families.ts';
import type { Filter } from '../../intune/model/target.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import type { PickOne } from '../scriptPicker/pickRow.ts';

/** How filters are asked for. */
export interface FilterParts {
  readonly pickOne: PickOne;
  /** Sees to it that a tier can be had, asking the user once, and says why not. */
  readonly ensureTier: (tier: Tier) => Promise<boolean>;
  /** Runs a command. */
  readonly run: (command: string) => PromiseLike<unknown>;
}

export interface FilterQuestion {
  readonly title: string;
  readonly family: FamilyId;
  readonly inventory: Pick<Inventory, 'readFilters'>;
  readonly current: Filter | undefined;
}
