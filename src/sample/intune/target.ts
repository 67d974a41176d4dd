import { type JsonObject, stringAt } from '../wire/json.ts';

/** The ids that stand for "All devices" and "All users" in the ids of assignments (observed in exports of real tenants). */
const pseudoGroups = new Map([
  ['allDevicesAssignmentTarget', 'adadadad-808e-44e2-905a-0b7873a8a531'],
  ['allLicensedUsersAssignmentTarget', 'acacacac-9df4-4c7d-9d50-4ef0226f57a9'],
]);

/** The kind of a target, without its prefix, e.g. `groupAssignmentTarget`. */
export const targetKind = (target: JsonObject): string => (stringAt(target, '@odata.type') ?? '').replace(/^#?microsoft\.graph\./, '');

/** The group of a target, lower case; undefined if it has none. */
export function targetGroup(target: JsonObject): string | undefined {
  return stringAt(target, 'groupId')?.toLowerCase();
}

/** What stands for the target in the id of its assignment. */
export function targetId(target: JsonObject): string {
  return (
    pseudoGroups.get(targetKind(target)) ??
    stringAt(target, 'groupId') ??
    stringAt(target, 'collectionId') ??
    stringAt(target, 'entraObjectId') ??
    ''
  );
}

export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** The filter of a target, undefined if it has none in any of the ways to say so. */
export function targetFilter(target: JsonObject): { readonly id: string; readonly type: string } | undefined {
  const id = stringAt(target, 'deviceAndAppManagementAssignmentFilterId');
  const type = stringAt(target, 'deviceAndAppManagementAssignmentFilterType') ?? 'none';
  return id === undefined || id === '' || id === zeroGuid || type === 'none' ? undefined : { id, type };
}
