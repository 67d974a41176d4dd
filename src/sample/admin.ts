import type { FamilyName } from './families.ts';
import { families } from './families.ts';
import { recordEvent, secondAdministratorName } from './intune/auditEvents.ts';
import { collapse, readRow } from './intune/readRows.ts';
import type { TenantService } from './service/tenantService.ts';
import type { Approval } from './state/approvals.ts';
import type { SampleGroup } from './state/group.ts';
import { replaceRows, rowsOf, type SampleScript, type StoredRow } from './state/stored.ts';
import type { JsonObject } from './wire/json.ts';
import { intuneTime } from './wire/time.ts';

/** Another administrator: changes the tenant directly, without requests, seen as soon as a copy is not behind, and in the audit events. */
export interface SecondAdministrator {
  /** Replaces the direct assignments. Rows as in a body of `assign`: `{ target, runSchedule?, runRemediationScript? }`. */
  assign(family: FamilyName, scriptId: string, rows: readonly JsonObject[]): void;
  /** Adds one assignment. */
  add(family: FamilyName, scriptId: string, row: JsonObject): void;
  renameScript(family: FamilyName, scriptId: string, name: string): void;
  /** Changes properties of the script and its lastModifiedDateTime. */
  editScript(family: FamilyName, scriptId: string, properties: JsonObject): void;
  deleteScript(family: FamilyName, scriptId: string): void;
  /** Creates a group now; what is not given is a usual security group. */
  addGroup(group: Partial<Omit<SampleGroup, 'id'>> & { readonly displayName: string }): SampleGroup;
  renameGroup(groupId: string, name: string): void;
  deleteGroup(groupId: string): void;
  /** Requests for approval, oldest first, their status as stored. */
  approvals(): readonly Approval[];
  approve(approvalId: string, note?: string): void;
  reject(approvalId: string, note?: string): void;
  expire(approvalId: string): void;
  /** Asks for approval of a change of a script, so that nobody else can. */
  requestApproval(family: FamilyName, scriptId: string): Approval;
}

/** The other administrator of a tenant. */
export function secondAdministrator(service: TenantService): SecondAdministrator {
  return { ...scriptActs(service), ...groupActs(service), ...approvalActs(service) };
}

type ScriptAct = 'assign' | 'add' | 'renameScript' | 'editScript' | 'deleteScript';

function scriptActs(service: TenantService): Pick<SecondAdministrator, ScriptAct> {
  const script = (family: FamilyName, id: string) => found(service.state.scripts.get(family, id), id);
  const edit = (target: SampleScript, properties: JsonObject) => {
    recordEvent(service, secondAdministratorName, 'Patch', target);
    target.entity = { ...target.entity, ...properties, lastModifiedDateTime: intuneTime(service.clock.now()) };
  };
  const store = (target: SampleScript, rows: readonly StoredRow[]) => {
    recordEvent(service, secondAdministratorName, 'Assign', target);
    replaceRows(target, collapse(rows, !service.behavior.oneRowPerGroup), service.clock.now());
  };
  return {
    assign: (family, id, rows) => {
      const target = script(family, id);
      store(target, [...rowsOf(target).filter(row => row.source !== 'direct'), ...rows.map(valid)]);
    },
    add: (family, id, row) => store(script(family, id), [...rowsOf(script(family, id)), valid(row)]),
    renameScript: (family, id, name) => edit(script(family, id), { [families[family].nameProperty]: name }),
    editScript: (family, id, properties) => edit(script(family, id), properties),
    deleteScript: (family, id) => service.state.scripts.delete(family, id),
  };
}

function groupActs(service: TenantService): Pick<SecondAdministrator, 'addGroup' | 'renameGroup' | 'deleteGroup'> {
  const { groups } = service.state;
  const usual = { description: null, kind: 'security', devices: 0, users: 0 } as const;
  return {
    addGroup: group => {
      const added = { ...usual, createdAt: service.clock.now(), ...group, id: service.newId() };
      groups.put(added);
      return added;
    },
    renameGroup: (id, displayName) => groups.put({ ...found(groups.get(id), id), displayName }),
    deleteGroup: id => groups.delete(id),
  };
}

function approvalActs(
  service: TenantService,
): Pick<SecondAdministrator, 'approvals' | 'approve' | 'reject' | 'expire' | 'requestApproval'> {
  const { approvals } = service.state;
  const settle = (id: string, status: Approval['status'], note: string | null) => {
    const approval = found(approvals.get(id.toLowerCase()), id);
    approval.status = status;
    approval.approverNote = note;
  };
  return {
    approvals: () => [...approvals.values()],
    approve: (id, note = 'OK') => settle(id, 'approved', note),
    reject: (id, note = 'No') => settle(id, 'rejected', note),
    expire: id => settle(id, 'expired', null),
    requestApproval: (family, scriptId) => {
      const approval = foreignApproval(service, family, scriptId);
      approvals.set(approval.id, approval);
      return approval;
    },
  };
}

function foreignApproval(service: TenantService, family: FamilyName, scriptId: string): Approval {
  const requestedAt = service.clock.now();
  const common = { family, objectId: scriptId.toLowerCase(), fingerprint: '', requestedAt, approverNote: null };
  return { ...common, id: service.newId(), requestor: 'Second Administrator', justification: 'Planned change', status: 'needsApproval' };
}

function found<Thing>(thing: Thing | undefined, id: string): Thing {
  if (thing === undefined) throw new Error(`${id} is not in the sample tenant`);
  return thing;
}

function valid(row: JsonObject): StoredRow {
  const read = readRow(row);
  if (typeof read === 'string') throw new Error(read);
  return read;
}
