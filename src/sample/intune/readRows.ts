import type { Family } from '../families.ts';
import type { StoredRow } from '../state/stored.ts';
import { isArray, isObject, type Json, type JsonObject, stringAt, without } from '../wire/json.ts';
import { targetFilter, targetGroup, targetId, targetKind } from './target.ts';

/** The rows in a body of `assign`, or why the service refuses it. */
export function readAssignBody(family: Family, body: Json | undefined): readonly StoredRow[] | string {
  if (!isObject(body)) return 'Request body is missing or no JSON object.';
  const wrong = Object.keys(body).find(key => !family.assignKeys.includes(key));
  if (wrong !== undefined) return `The parameter '${wrong}' in the request payload is not a valid parameter for the operation 'assign'.`;
  const key = family.assignKeys.find(name => isArray(body[name]));
  const list = key === undefined ? undefined : body[key];
  if (key === undefined || !isArray(list)) return `The parameter '${family.assignKeys[0]}' has to be an array.`;
  const rows = list.map(item => (key.endsWith('GroupAssignments') ? readLegacyRow(item) : readRow(item)));
  const refused = rows.find(row => typeof row === 'string');
  return refused ?? rows.filter(row => typeof row !== 'string');
}

/** What this service knows of an assignment, and what only the service writes. */
const known = ['@odata.type', 'id', 'target', 'runSchedule', 'runRemediationScript', 'source', 'sourceId'];

/** One assignment as it was sent, or why the service refuses it. */
export function readRow(item: Json | undefined): StoredRow | string {
  const target = isObject(item) ? item['target'] : undefined;
  if (!isObject(item) || !isObject(target)) return 'An assignment has to have a target.';
  const mistake = targetMistake(target);
  if (mistake !== undefined) return mistake;
  const schedule = item['runSchedule'];
  return {
    target,
    runRemediationScript: item['runRemediationScript'] === true,
    runSchedule: isObject(schedule) ? schedule : null,
    source: 'direct',
    sourceId: undefined,
    more: without(item, known),
  };
}

/** The form of older Microsoft samples, which can only include groups. */
function readLegacyRow(item: Json): StoredRow | string {
  const groupId = isObject(item) ? item['targetGroupId'] : undefined;
  return readRow({ target: { '@odata.type': '#microsoft.graph.groupAssignmentTarget', groupId: groupId ?? null } });
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function targetMistake(target: JsonObject): string | undefined {
  const type = stringAt(target, '@odata.type');
  if (type === undefined || !/AssignmentTarget$/.test(type))
    return 'Cannot create an abstract class: the target has to have its @odata.type.';
  const groupId = target['groupId'];
  const grouped = ['groupAssignmentTarget', 'exclusionGroupAssignmentTarget'].includes(targetKind(target));
  return grouped && !(typeof groupId === 'string' && guid.test(groupId)) ? `Invalid groupId '${String(groupId)}'.` : undefined;
}

const idOf = ({ target }: StoredRow): string => targetGroup(target) ?? targetId(target).toLowerCase();
const isExclusion = ({ target }: StoredRow): boolean => targetKind(target) === 'exclusionGroupAssignmentTarget';

/** What tells rows apart: kind, group and filter. */
export const rowKey = (row: StoredRow): string => [targetKind(row.target), idOf(row), targetFilter(row.target)?.id.toLowerCase()].join('/');

/** The group of a row in whatever kind of target; the id itself is that of the script and the group. */
function groupKey(row: StoredRow): string {
  const isGroup =
    targetGroup(row.target) !== undefined || ['allDevices', 'allLicensedUsers'].some(kind => targetKind(row.target).startsWith(kind));
  return isGroup ? idOf(row) : `${targetKind(row.target)}/${idOf(row)}`;
}

/**
 * Drops all but one of equal rows: a second one of the same target is ignored (github.com/MG-Cloudflow/Intune-Toolkit, issue 57), and of an
 * include and an exclude of one group only the include is kept (observed). With `apart`, they are kept apart by kind and filter.
 * A row that a policy set brought is another one than a direct row of the same target.
 */
export function collapse(rows: readonly StoredRow[], apart: boolean): readonly StoredRow[] {
  const kept = new Map<string, StoredRow>();
  for (const row of rows) {
    const key = `${row.source} ${apart ? rowKey(row) : groupKey(row)}`;
    const there = kept.get(key);
    if (!there || (isExclusion(there) && !isExclusion(row))) kept.set(key, row);
  }
  return [...kept.values()];
}
