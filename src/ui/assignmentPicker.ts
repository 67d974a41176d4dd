import { scriptKey } from '../intune/model/script.ts';
import type { AssignmentOf } from '../intune/plan/removals.ts';
import { assignmentWords } from './format/assignment.ts';
import { inOneLine } from './format/count.ts';
import { scriptKindName } from './format/family.ts';
import { groupStatus, type Names, scriptLabel, shortId, targetIcons, targetLabel } from './format/names.ts';
import type { PickRow } from './quickPick.ts';
import { sortAssignments, sortByName } from './sort.ts';

/** The assignments of scripts as rows to choose from, those of several scripts each under its name. `now` is in milliseconds since the epoch. */
export function assignmentRows<Of extends AssignmentOf>(
  all: readonly Of[],
  { groups, filters }: Names,
  now: number,
): readonly PickRow<Of>[] {
  const byScript = Map.groupBy(all, ({ script }) => scriptKey(script));
  return [...byScript.values()].flatMap((own): readonly PickRow<Of>[] => [
    ...(byScript.size > 1 ? own.slice(0, 1) : []).map(({ script }): PickRow<Of> => ({ kind: 'separator', label: scriptLabel(script) })),
    ...sortAssignments(own, ({ assignment }) => assignment, groups).map((value): PickRow<Of> => {
      const { script, assignment } = value;
      const { kind, groupId } = assignment.target;
      const unclear = groupId !== undefined && groupStatus(groups, groupId) !== 'named' ? shortId(groupId) : undefined;
      const description = inOneLine([...assignmentWords(script.family, assignment, now, filters), unclear]);
      return { kind: 'choice', label: targetLabel(assignment.target, groups), description, icon: targetIcons[kind], value };
    }),
  ]);
}

/** The assignments of one group as rows to choose from, by script. */
export const scriptsOfGroupRows = <Of extends AssignmentOf>(all: readonly Of[], { filters }: Names, now: number): readonly PickRow<Of>[] =>
  sortByName(
    all,
    ({ script }) => scriptLabel(script),
    ({ script }) => scriptKey(script),
  ).map(value => {
    const { script, assignment } = value;
    const description = inOneLine([scriptKindName(script.family), ...assignmentWords(script.family, assignment, now, filters)]);
    return { kind: 'choice', label: scriptLabel(script), description, value };
  });
