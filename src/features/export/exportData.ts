import { type FamilyId, families } from '../../intune/model/families.ts';
import { type Script, type ScriptRef, scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { FamilyState, Inventory } from '../../intune/read/inventory.ts';
import { type KnownGroups, scriptLabel } from '../../ui/format/names.ts';
import { sortByName } from '../../ui/sort.ts';

/** What an export is of: everything that the role shows, or some scripts and whole families. */
export type Chosen = 'all' | { readonly families: ReadonlySet<FamilyId>; readonly scripts: readonly ScriptRef[] };

/** A family that could not be read. `error` is undefined where the reading was ended. */
export interface NotRead {
  readonly family: FamilyId;
  readonly error: unknown;
}

/** Assignments as one reading found them, with all that is missing from them. */
export interface ExportData {
  readonly connection: Pick<Connection, 'tenantId' | 'tenantName' | 'account' | 'cloud' | 'sample'>;
  /** When it was read, ISO 8601. */
  readonly readAt: string;
  readonly chosen: 'all' | 'selection';
  readonly scripts: readonly Script[];
  /** Families whose scripts are missing. What an earlier reading knew of them is left out. */
  readonly notRead: readonly NotRead[];
  /** Scripts that were chosen, and that the reading did not find any more. */
  readonly gone: readonly ScriptRef[];
  readonly groups: KnownGroups;
  /** Names of assignment filters by id, as far as they may be read. */
  readonly filterNames: ReadonlyMap<string, string>;
}

type Collected = Pick<ExportData, 'chosen' | 'scripts' | 'notRead' | 'gone' | 'groups'>;

const concerns = (chosen: Chosen, family: FamilyId): boolean =>
  chosen === 'all' || chosen.families.has(family) || chosen.scripts.some(script => script.family === family);

function chosenScripts(state: FamilyState | undefined, chosen: Chosen, family: FamilyId): readonly Script[] {
  if (state?.status !== 'loaded') return [];
  const sorted = sortByName(state.scripts, scriptLabel, scriptKey);
  if (chosen === 'all' || chosen.families.has(family)) return sorted;
  const keys = new Set(chosen.scripts.map(scriptKey));
  return sorted.filter(script => keys.has(scriptKey(script)));
}

/** What an inventory that was just read has of what was chosen. Only what this reading found counts. */
export function collect(inventory: Pick<Inventory, 'families' | 'groups'>, chosen: Chosen): Collected {
  const ids = families.map(({ id }) => id).filter(id => concerns(chosen, id));
  const stateOf = (id: FamilyId): FamilyState | undefined => inventory.families.get(id);
  const scripts = ids.flatMap(id => chosenScripts(stateOf(id), chosen, id));
  const found = new Set(scripts.map(scriptKey));
  const wanted = chosen === 'all' ? [] : chosen.scripts;
  return {
    chosen: chosen === 'all' ? 'all' : 'selection',
    scripts,
    notRead: ids.flatMap(family => {
      const state = stateOf(family);
      return state?.status === 'loaded' ? [] : [{ family, error: state?.status === 'failed' ? state.error : undefined }];
    }),
    gone: wanted.filter(script => stateOf(script.family)?.status === 'loaded' && !found.has(scriptKey(script))),
    groups: inventory.groups,
  };
}
