import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import type { FamilyId } from '../../intune/model/families.ts';
import type { KnownFilters } from '../../intune/read/filters.ts';
import { filterWords } from './filter.ts';
import { scheduleWords } from './schedule.ts';
import { isExclusion } from './target.ts';

/** Whether a schedule was read that this version does not know. */
export const hasUnknownSchedule = ({ schedule, wire }: Assignment): boolean =>
  !schedule && wire['runSchedule'] !== undefined && wire['runSchedule'] !== null;

/** How an assignment reaches its target: as an exclusion, on a schedule, with a filter, from a policy set. `now` as in `scheduleWords`. */
export function assignmentWords(family: FamilyId, assignment: Assignment, now: number, filters?: KnownFilters): readonly string[] {
  const { target, schedule, direct } = assignment;
  const remediation = family === 'deviceHealthScripts' && !isExclusion(target);
  return [
    ...(isExclusion(target) ? [l10n.t('excluded')] : []),
    ...(remediation && schedule ? [scheduleWords(schedule, now)] : []),
    ...(remediation && hasUnknownSchedule(assignment) ? [l10n.t('on another kind of schedule')] : []),
    ...(target.filter ? [filterWords(target.filter, filters)] : []),
    ...(direct ? [] : [l10n.t('from a policy set')]),
  ];
}
