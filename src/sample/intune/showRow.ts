import type { Behavior } from '../behavior.ts';
import { families } from '../families.ts';
import { pick } from '../random.ts';
import type { SampleScript, StoredRow } from '../state/stored.ts';
import { type JsonObject, stringAt, without } from '../wire/json.ts';
import { targetFilter, targetId, zeroGuid } from './target.ts';

/** An assignment as it reads back, which is not quite as it was written. */
export function showRow(behavior: Behavior, script: SampleScript, row: StoredRow): JsonObject {
  const family = families[script.family];
  const id = `${script.id}${family.idSeparator}${targetId(row.target)}`;
  const target = showTarget(behavior, script, row);
  const { more } = row;
  if (family.name === 'configurationPolicies') return { id, ...more, source: row.source, sourceId: row.sourceId ?? script.id, target };
  if (!family.scheduled) return { id, ...more, target };
  const runRemediationScript = row.runRemediationScript && !behavior.remediationReadsFalse;
  const runSchedule = row.runSchedule === null ? null : showSchedule(behavior, row.runSchedule);
  return { id, ...more, runRemediationScript, target, runSchedule };
}

function showTarget(behavior: Behavior, script: SampleScript, row: StoredRow): JsonObject {
  const key = `${script.id}/${targetId(row.target)}`;
  const upper = behavior.changeGuidCase && pick(`${key}/case`, 2) === 0;
  const rest = without(row.target, ['groupId', filterId, filterType, '@odata.type']);
  const group = stringAt(row.target, 'groupId');
  return {
    '@odata.type': (stringAt(row.target, '@odata.type') ?? '').replace(/^#?/, '#'),
    ...showFilter(behavior, row, key, upper),
    ...rest,
    ...(group === undefined ? {} : { groupId: upper ? group.toUpperCase() : group.toLowerCase() }),
  };
}

const filterId = 'deviceAndAppManagementAssignmentFilterId';
const filterType = 'deviceAndAppManagementAssignmentFilterType';

/** A filter, or one of the three ways in which there is none. */
function showFilter(behavior: Behavior, row: StoredRow, key: string, upper: boolean): JsonObject {
  const filter = targetFilter(row.target);
  if (filter !== undefined) return { [filterId]: upper ? filter.id.toUpperCase() : filter.id, [filterType]: filter.type };
  const ways = ['null', 'zero', 'missing'] as const;
  const way = behavior.emptyFilter === 'mixed' ? ways[pick(`${key}/filter`, 3)] : behavior.emptyFilter;
  if (way === 'missing') return {};
  return { [filterId]: way === 'zero' ? zeroGuid : null, [filterType]: 'none' };
}

function showSchedule(behavior: Behavior, schedule: JsonObject): JsonObject {
  const time = stringAt(schedule, 'time');
  return time === undefined || !behavior.longTimes ? schedule : { ...schedule, time: longTime(time) };
}

/** Edm.TimeOfDay with 7 decimals, as the service writes it. */
function longTime(time: string): string {
  const [whole = '', decimals = ''] = time.split('.');
  const seconds = whole.split(':').length === 2 ? `${whole}:00` : whole;
  return `${seconds}.${decimals.padEnd(7, '0').slice(0, 7)}`;
}
