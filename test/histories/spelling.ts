// What two rows have in common, whatever the spelling. Written without the product's own equality, for it judges the product.
import type { StoredRow } from '../../src/sample/index.ts';
import { isArray, isObject, type Json, type JsonObject, parseJson, stringAt, without } from '../../src/sample/wire/json.ts';

export const filterKeys = ['deviceAndAppManagementAssignmentFilterId', 'deviceAndAppManagementAssignmentFilterType'] as const;
const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** JSON with its keys in order. */
function ordered(value: Json): Json {
  if (isArray(value)) return value.map(ordered);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => [key, ordered(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const typeOf = (target: JsonObject): string => (stringAt(target, '@odata.type') ?? '').replace(/^#?microsoft\.graph\./, '');

const knownTypes = new Set([
  'groupAssignmentTarget',
  'exclusionGroupAssignmentTarget',
  'allDevicesAssignmentTarget',
  'allLicensedUsersAssignmentTarget',
  'configurationManagerCollectionAssignmentTarget',
]);

/** Who is reached: the type with its group or collection; of a type that nobody knows, all that it says but for its filter. */
export function recipientOf(target: JsonObject): string {
  const type = typeOf(target);
  if (!knownTypes.has(type)) return `${type} ${JSON.stringify(ordered(without(target, ['@odata.type', ...filterKeys])))}`;
  return `${type} ${stringAt(target, 'groupId')?.toLowerCase() ?? stringAt(target, 'collectionId') ?? ''}`;
}

/** The target that includes the group which this one excludes, or the other way round; itself for others. */
export function opposite(target: JsonObject): JsonObject {
  const type = typeOf(target);
  const other = { groupAssignmentTarget: 'exclusionGroupAssignmentTarget', exclusionGroupAssignmentTarget: 'groupAssignmentTarget' }[type];
  return other ? { ...target, '@odata.type': `#microsoft.graph.${other}` } : target;
}

/** Whether one target includes the group that the other excludes. */
export function areOpposite(one: JsonObject, other: JsonObject): boolean {
  const excludes = (target: JsonObject): boolean => typeOf(target) === 'exclusionGroupAssignmentTarget';
  const groupOf = (target: JsonObject): string | undefined => stringAt(target, 'groupId')?.toLowerCase();
  return excludes(one) !== excludes(other) && groupOf(one) !== undefined && groupOf(one) === groupOf(other);
}

/** The filter with its mode; nothing for the many ways to have none. */
export function filterOf(target: JsonObject): string {
  const id = stringAt(target, filterKeys[0])?.toLowerCase() ?? '';
  const type = stringAt(target, filterKeys[1]) ?? 'none';
  return id === '' || id === zeroGuid || type === 'none' ? '' : `${type} ${id}`;
}

const timeOf = (schedule: JsonObject): JsonObject => {
  const time = stringAt(schedule, 'time');
  return time === undefined ? schedule : { ...schedule, time: time.replace(/\.?0*$/, found => (found.startsWith('.') ? '' : found)) };
};

/** All that a row says but `runRemediationScript`, of which the service does not tell. */
export function textOf({ target, runSchedule, more = {}, source }: StoredRow): string {
  const others = without(target, ['@odata.type', 'groupId', 'collectionId', ...filterKeys]);
  const schedule = runSchedule && ordered(timeOf(runSchedule));
  return JSON.stringify([source, recipientOf(target), filterOf(target), ordered(others), schedule, ordered(more)]);
}

/** A row of an answer, of a body, or of the journal. */
export function rowOfWire(wire: object, direct = !('source' in wire) || wire.source === 'direct' || wire.source === null): StoredRow {
  const json = parseJson(JSON.stringify(wire));
  const { target, runSchedule, runRemediationScript, ...more } = isObject(json) ? json : {};
  return {
    target: isObject(target) ? target : {},
    runSchedule: isObject(runSchedule) ? runSchedule : null,
    runRemediationScript: runRemediationScript === true,
    source: direct ? 'direct' : 'policySets',
    sourceId: undefined,
    more: without(more, ['id', 'source', 'sourceId', '@odata.type']),
  };
}

/** A row's recipient with its filter, and without. */
export const keysOf = ({ target }: Pick<StoredRow, 'target'>): readonly [string, string] => [
  `${recipientOf(target)} / ${filterOf(target)}`,
  recipientOf(target),
];
