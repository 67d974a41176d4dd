import { spell, withoutAnnotations } from '../../base/canonicalJson.ts';

/** Whom an assignment reaches. `other` is a type that this version does not know: it is kept as it was read. */
export type TargetKind = 'group' | 'exclusionGroup' | 'allDevices' | 'allUsers' | 'collection' | 'other';

export interface Filter {
  readonly id: string;
  readonly mode: 'include' | 'exclude';
}

export interface Target {
  readonly kind: TargetKind;
  /** Only for `group` and `exclusionGroup`; lower case. */
  readonly groupId?: string;
  /** Only for `collection` (Configuration Manager). */
  readonly collectionId?: string;
  /** Only for `other`: all that it says but for its filter, in one spelling, so that two of them can be told apart. */
  readonly unknown?: string;
  readonly filter?: Filter;
}

/**
 * The discriminators of `deviceAndAppManagementAssignmentTarget` in the beta metadata. Exclusion derives from group there:
 * comparing the whole name keeps the two apart.
 */
const kinds: ReadonlyMap<string, TargetKind> = new Map([
  ['groupAssignmentTarget', 'group'],
  ['exclusionGroupAssignmentTarget', 'exclusionGroup'],
  ['allDevicesAssignmentTarget', 'allDevices'],
  ['allLicensedUsersAssignmentTarget', 'allUsers'],
  ['configurationManagerCollectionAssignmentTarget', 'collection'],
]);

const typePrefix = '#microsoft.graph.';
const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** The target as it is written to Microsoft Graph. The `#` of the type is sent, as every tool that works does. */
export function targetToWire(target: Target): Record<string, unknown> {
  const type = [...kinds].find(([, kind]) => kind === target.kind)?.[0];
  if (!type) throw new RangeError(`A target of the kind ${target.kind} cannot be made.`);
  return {
    '@odata.type': typePrefix + type,
    ...(target.groupId !== undefined && { groupId: target.groupId }),
    ...(target.collectionId !== undefined && { collectionId: target.collectionId }),
    ...(target.filter && {
      deviceAndAppManagementAssignmentFilterId: target.filter.id,
      deviceAndAppManagementAssignmentFilterType: target.filter.mode,
    }),
  };
}

/** Groups that do not exist, in whose name the service stores all devices and all users. Observed in the ids of assignments. */
const pseudoGroups: ReadonlyMap<string, TargetKind> = new Map([
  ['adadadad-808e-44e2-905a-0b7873a8a531', 'allDevices'],
  ['acacacac-9df4-4c7d-9d50-4ef0226f57a9', 'allUsers'],
]);

/** The group in whose name the service stores a kind of target; undefined for those that name one themselves. */
export const pseudoGroupOf = (kind: TargetKind): string | undefined => [...pseudoGroups].find(([, of]) => of === kind)?.[0];

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function filterOf(wire: Readonly<Record<string, unknown>>): Filter | undefined {
  const id = text(wire['deviceAndAppManagementAssignmentFilterId'])?.toLowerCase();
  const mode = text(wire['deviceAndAppManagementAssignmentFilterType'])?.toLowerCase();
  if (!id || id === zeroGuid || (mode !== 'include' && mode !== 'exclude')) return undefined;
  return { id, mode };
}

const filterKeys = ['deviceAndAppManagementAssignmentFilterId', 'deviceAndAppManagementAssignmentFilterType'];

/** Whether a target names a filter in a mode that this version does not know. */
export function hasUnknownFilter(wire: Readonly<Record<string, unknown>>): boolean {
  const [id, mode] = filterKeys.map(key => text(wire[key])?.toLowerCase());
  return id !== undefined && id !== zeroGuid && mode !== undefined && mode !== 'none' && filterOf(wire) === undefined;
}

const unknownTarget = (wire: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(spell(withoutAnnotations(Object.fromEntries(Object.entries(wire).filter(([key]) => !filterKeys.includes(key))))));

/**
 * What a target that was read means. The service answers the same target in several ways: GUIDs in either case, no filter as null,
 * as nothing, or as the zero GUID with the type `none`.
 */
export function targetFromWire(wire: Readonly<Record<string, unknown>>): Target {
  const type = (text(wire['@odata.type']) ?? '').replace(typePrefix, '').replace(/^#?microsoft\.graph\./, '');
  const filter = filterOf(wire);
  const withFilter = filter ? { filter } : {};
  const kind = kinds.get(type) ?? 'other';
  const groupId = text(wire['groupId'])?.toLowerCase();
  const collectionId = text(wire['collectionId']);
  const pseudoGroup = kind === 'group' && groupId ? pseudoGroups.get(groupId) : undefined;
  if (pseudoGroup) return { kind: pseudoGroup, ...withFilter };
  if ((kind === 'group' || kind === 'exclusionGroup') && groupId) return { kind, groupId, ...withFilter };
  if (kind === 'collection' && collectionId) return { kind, collectionId, ...withFilter };
  if (kind === 'allDevices' || kind === 'allUsers') return { kind, ...withFilter };
  return { kind: 'other', unknown: unknownTarget(wire), ...withFilter };
}

/** Whether the target names a group, included or excluded. */
export const isGroupTarget = (target: Target): target is Target & { readonly groupId: string } => target.groupId !== undefined;
