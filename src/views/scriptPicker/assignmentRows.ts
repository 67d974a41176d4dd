import { scriptKey } from '../../intune/model/script.ts';
import type { AssignmentOf } from '../../intune/plan/removals.ts';
import { sortAssignments } from '../sortAssignments.ts';
import { sortByName } from '../sortByName.ts';
import { assignmentWords } from '../words/assignment.ts';
import { scriptKindName } from '../words/family.ts';
import { groupStatus, shortId } from '../words/group.ts';
import { inOneLine } from '../words/list.ts';
import type { Names } from '../words/names.ts';
import { scriptLabel } from '../words/script.ts';
import { targetIcons, targetLabel } from '../words/target.ts';
import type { PickRow } from './pickRow.ts';

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
