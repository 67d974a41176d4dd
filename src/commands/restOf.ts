import type { Connection } from '../intune/connection.ts';
import type { PastChange, PastWrite } from '../intune/history/pastChange.ts';
import type { Change } from '../intune/plan.ts';
import type { Wanted } from '../intune/propose.ts';
import { type ScriptRef, scriptKey } from '../intune/script.ts';
import { standing } from '../intune/shortfall.ts';
import { groupsOf } from '../views/words/change.ts';

/** Whether a change reaches somebody who was not reached, as far as it says: not where it names the row that it replaces. */
const comes = (change: Change): change is Change & { readonly kind: 'add' | 'set' | 'turn' } =>
  'assignment' in change && !(change.kind === 'set' && change.replaces !== undefined);

/** The rest of a change, wanted as all of it was: those of its writes that were not done. */
export function restOf({ inventory }: Connection, change: PastChange, writes: readonly PastWrite[]): Wanted {
  const wanted = new Map(writes.map(write => [scriptKey(write.script), write.wanted]));
  const coming = writes.flatMap(write => write.wanted.flatMap(one => (comes(one) ? (one.assignment.target.groupId ?? []) : [])));
  const changesFor = (script: ScriptRef): readonly Change[] => wanted.get(scriptKey(script)) ?? [];
  const names = groupsOf(change, inventory.groups);
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
