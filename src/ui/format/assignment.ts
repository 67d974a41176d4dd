import { l10n } from 'vscode';
import type { Assignment } from '../../intune/model/assignment.ts';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import { hasPassed, type Schedule } from '../../intune/model/schedule.ts';
import type { Script } from '../../intune/model/script.ts';
import type { Filter, TargetKind } from '../../intune/model/target.ts';
import type { AssignmentFilter, KnownFilters } from '../../intune/read/filters.ts';
import { visibleName } from '../plainText.ts';
import { excludedCount, groupCount } from './count.ts';
import { isExclusion } from './names.ts';

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

/** What a filter is called. Never an id. */
export const filterLabel = ({ name }: Pick<AssignmentFilter, 'name'>): string => visibleName(name) ?? l10n.t('Filter without a name');

/** Which filter an assignment has, and of which mode. Its name is not known before the filters were read, and an id is no name. */
export function filterWords({ id, mode }: Filter, filters: KnownFilters | undefined): string {
  const include = mode === 'include';
  if (!filters) return include ? l10n.t('with a filter (include)') : l10n.t('with a filter (exclude)');
  const filter = filters.get(id);
  if (!filter) return include ? l10n.t('with an unknown filter (include)') : l10n.t('with an unknown filter (exclude)');
  return include ? l10n.t('filter: only {0}', filterLabel(filter)) : l10n.t('filter: all but {0}', filterLabel(filter));
}

/** What a mode does, said where it is chosen. */
export const filterModeWords = (mode: Filter['mode']): string =>
  mode === 'include' ? l10n.t('Only devices that match') : l10n.t('All but devices that match');

/** `09:00:00` is said as 09:00; seconds only where there are some. */
export const clockTime = (time: string): string => time.replace(/^(\d{2}:\d{2}):00$/, '$1');

function hourly(interval: number): string {
  return interval === 1 ? l10n.t('Every hour') : l10n.t('Every {0} hours', interval);
}

function daily(interval: number, time: string, utc: boolean): string {
  if (interval === 1) return utc ? l10n.t('Every day at {0} UTC', time) : l10n.t('Every day at {0}, device time', time);
  return utc ? l10n.t('Every {0} days at {1} UTC', interval, time) : l10n.t('Every {0} days at {1}, device time', interval, time);
}

function once(schedule: Schedule & { readonly kind: 'once' }, now: number): string {
  const time = clockTime(schedule.time);
  const words = schedule.utc
    ? l10n.t('Once on {0} at {1} UTC', schedule.date, time)
    : l10n.t('Once on {0} at {1}, device time', schedule.date, time);
  return hasPassed(schedule, now) ? l10n.t('{0} (passed)', words) : words;
}

/** A schedule in words. `now` is in milliseconds since the epoch. */
export function scheduleWords(schedule: Schedule, now: number): string {
  switch (schedule.kind) {
    case 'hourly':
      return hourly(schedule.interval);
    case 'daily':
      return daily(schedule.interval, clockTime(schedule.time), schedule.utc);
    case 'once':
      return once(schedule, now);
  }
}

/** Whom a script reaches, in counts: "3 groups, 1 excluded group", "all devices", "not assigned, 1 excluded group". */
export function assignedWords(script: Pick<Script, 'family' | 'assignments' | 'notRead'>): string {
  if (!familyOf(script.family).assignKey) return l10n.t('assigned through compliance policies');
  const { assignments, notRead } = script;
  if (notRead) return l10n.t('assignments could not be read');
  if (assignments.length === 0) return l10n.t('not assigned');
  const count = (kind: TargetKind): number => assignments.filter(({ target }) => target.kind === kind).length;
  const others = count('collection') + count('other');
  const parts = [
    ...(count('allDevices') ? [l10n.t('all devices')] : []),
    ...(count('allUsers') ? [l10n.t('all users')] : []),
    ...(count('group') ? [groupCount(count('group'))] : []),
    ...(others === 1 ? [l10n.t('another target')] : others > 1 ? [l10n.t('other targets')] : []),
    ...(count('exclusionGroup') === assignments.length ? [l10n.t('not assigned')] : []),
    ...(count('exclusionGroup') ? [excludedCount(count('exclusionGroup'))] : []),
  ];
  return parts.join(', ');
}
