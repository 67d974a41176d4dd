import type { Change } from '../model/change.ts';
import type { KnownGroup } from '../model/group.ts';
import { type ScriptRef, scriptKey } from '../model/script.ts';
import { standing } from '../plan/limitations.ts';
import type { Wanted } from '../plan/propose.ts';
import { canBeUndone, type PastChange, type SomeWrites } from './pastChange.ts';

/**
 * What is left of an undo, as what it was to take back: the rows that were recorded for it say nothing of what somebody has done to them since.
 * Undefined where it is no undo, or nothing of it can be undone any more.
 */
export function undoingLeft({ change, writes }: SomeWrites, changes: readonly PastChange[]): SomeWrites | undefined {
  const undone = changes.find(({ id }) => id === change.undoes);
  const keys = new Set(writes.map(({ script }) => scriptKey(script)));
  const back = undone?.writes.filter(write => keys.has(scriptKey(write.script)) && canBeUndone(write)) ?? [];
  return undone && back.length > 0 ? { change: undone, writes: back } : undefined;
}

/** Whether a change reaches somebody who was not reached, as far as it says: not where it names the row that it replaces. */
const comes = (change: Change): change is Change & { readonly kind: 'add' | 'set' | 'turn' } =>
  'assignment' in change && !(change.kind === 'set' && change.replaces !== undefined);

/** The rest of a change, wanted as all of it was: those of its writes that were not done. `names` are what its groups are called. */
export function restOf({ change, writes }: SomeWrites, names: ReadonlyMap<string, KnownGroup>): Wanted {
  const wanted = new Map(writes.map(write => [scriptKey(write.script), write.wanted]));
  const coming = writes.flatMap(write => write.wanted.flatMap(one => (comes(one) ? (one.assignment.target.groupId ?? []) : [])));
  const changesFor = (script: ScriptRef): readonly Change[] => wanted.get(scriptKey(script)) ?? [];
  const { allOrNone, undoes } = change;
  return {
    scripts: writes.map(({ script }) => script),
    groups: [...new Set(coming)].map(id => ({ id, name: names.get(id)?.name ?? id })),
    changesFor,
    shortfallsFor: (script, base) => standing(changesFor(script), base),
    allOrNone,
    resumes: change.id,
    ...(undoes !== undefined && { undoes }),
  };
}
