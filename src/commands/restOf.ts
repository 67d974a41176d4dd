import type { Connection } from '../intune/connection.ts';
import type { PastChange, PastWrite } from '../intune/history/pastChange.ts';
import type { Wanted } from '../intune/propose.ts';
import { scriptKey } from '../intune/script.ts';
import { groupsOf } from '../views/words/change.ts';

/** The rest of a change, wanted as all of it was: those of its writes that were not done. */
export function restOf({ inventory }: Connection, change: PastChange, writes: readonly PastWrite[]): Wanted {
  const wanted = new Map(writes.map(write => [scriptKey(write.script), write.wanted]));
  const added = writes.flatMap(write => write.wanted.flatMap(one => (one.kind === 'add' ? (one.assignment.target.groupId ?? []) : [])));
  const names = groupsOf(change, inventory.groups);
  const { allOrNone, assume, undoes } = change;
  return {
    scripts: writes.map(({ script }) => script),
    groups: [...new Set(added)].map(id => ({ id, name: names.get(id)?.name ?? id })),
    changesFor: script => wanted.get(scriptKey(script)) ?? [],
    allOrNone,
    assume,
    resumes: change.id,
    ...(undoes !== undefined && { undoes }),
  };
}
