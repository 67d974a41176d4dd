import type { JsonObject } from '../wire/json.ts';
import type { GroupIds } from './makeGroups.ts';

/** A script of the sample data. */
export interface ScriptSeed {
  readonly name: string;
  readonly description?: string;
  /** The script, or the detection of a remediation. */
  readonly content: string;
  readonly remediation?: string;
  readonly rows?: readonly RowSeed[];
  /** More properties of the family. */
  readonly more?: JsonObject;
}

/** An assignment of the sample data, given the ids of groups and filters. */
export type RowSeed = (ids: SeedIds) => {
  readonly target: JsonObject;
  readonly runSchedule?: JsonObject;
  readonly source?: 'policySets';
  readonly sourceId?: string;
};

export interface SeedIds {
  readonly groups: GroupIds;
  filter(index: number): string;
  readonly policySet: string;
}

const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });

export const group =
  (name: string): RowSeed =>
  ids => ({ target: { ...type('groupAssignmentTarget'), groupId: ids.groups.named(name) } });

export const exclude =
  (name: string): RowSeed =>
  ids => ({ target: { ...type('exclusionGroupAssignmentTarget'), groupId: ids.groups.named(name) } });

export const deletedGroup =
  (index: number): RowSeed =>
  ids => ({ target: { ...type('groupAssignmentTarget'), groupId: ids.groups.deleted(index) } });

export const groupAt =
  (index: number): RowSeed =>
  ids => ({ target: { ...type('groupAssignmentTarget'), groupId: ids.groups.at(index) } });

export const allDevices: RowSeed = () => ({ target: type('allDevicesAssignmentTarget') });

export const allUsers: RowSeed = () => ({ target: type('allLicensedUsersAssignmentTarget') });

/** Something that newer services may have and that no client knows. */
export const unknownTarget: RowSeed = ids => ({
  target: { ...type('scopeTagGroupAssignmentTarget'), targetType: 'device', entraObjectId: ids.groups.at(5) },
});

/** A row that belongs to a policy set. */
export const inPolicySet =
  (row: RowSeed): RowSeed =>
  ids => ({ ...row(ids), source: 'policySets', sourceId: ids.policySet });

export function filtered(row: RowSeed, index: number, kind: 'include' | 'exclude'): RowSeed {
  return ids => {
    const plain = row(ids);
    const filter = { deviceAndAppManagementAssignmentFilterId: ids.filter(index), deviceAndAppManagementAssignmentFilterType: kind };
    return { ...plain, target: { ...plain.target, ...filter } };
  };
}

const scheduled =
  (row: RowSeed, runSchedule: JsonObject): RowSeed =>
  ids => ({ ...row(ids), runSchedule });

export const hourly = (row: RowSeed, interval: number): RowSeed =>
  scheduled(row, { ...type('deviceHealthScriptHourlySchedule'), interval });

export const daily = (row: RowSeed, time: string, interval = 1, useUtc = false): RowSeed =>
  scheduled(row, { ...type('deviceHealthScriptDailySchedule'), interval, time, useUtc });

export const once = (row: RowSeed, date: string, time: string): RowSeed =>
  scheduled(row, { ...type('deviceHealthScriptRunOnceSchedule'), interval: 1, date, time, useUtc: false });
