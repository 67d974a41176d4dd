import type { CloudId } from '../../graph/clouds.ts';
import type { Assignment, Wire } from '../../intune/model/assignment.ts';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import type { KnownGroup } from '../../intune/model/group.ts';
import type { Schedule } from '../../intune/model/schedule.ts';
import type { Filter, TargetKind } from '../../intune/model/target.ts';
import { plainText } from '../plainText.ts';
import type { ExportData } from './exportData.ts';
import { notReadReason } from './notReadWords.ts';

/**
 * An export as JSON. The shape is stable: a reader that knows `version` 1 can rely on every property here, and ignores others.
 * Ids and names are as Microsoft Graph has them, except that ids of groups and filters are in lower case. Words in other languages
 * appear nowhere but in `reason`.
 */
export interface ExportDocument {
  readonly format: 'intuneScripts.assignments';
  readonly version: 1;
  readonly tenant: { readonly id: string; readonly name: string; readonly cloud: CloudId; readonly sample: boolean };
  readonly account: string;
  /** ISO 8601. */
  readonly readAt: string;
  /** `all` means: all that the role of the account shows. */
  readonly chosen: 'all' | 'selection';
  /** Collections of Microsoft Graph that could not be read: none of their scripts are in `scripts`. */
  readonly notRead: readonly { readonly family: FamilyId; readonly reason: string }[];
  /** Scripts that were chosen and do not exist any more. */
  readonly gone: readonly { readonly family: FamilyId; readonly id: string; readonly name: string }[];
  readonly scripts: readonly ExportedScript[];
}

interface ExportedScript {
  readonly family: FamilyId;
  readonly id: string;
  readonly name: string;
  /** `compliancePolicies`: it has no assignments of its own. */
  readonly assignedBy: 'itself' | 'compliancePolicies';
  readonly assignments: readonly ExportedAssignment[];
  /** Why its assignments could not be read, so that there may be any; null where they were. */
  readonly notRead: string | null;
}

interface ExportedAssignment {
  readonly target: TargetKind;
  /** Null for a target that is no group. `status` is null where the name was not asked for. */
  readonly group: { readonly id: string; readonly name: string | null; readonly status: KnownGroup['status'] | null } | null;
  readonly collectionId: string | null;
  readonly filter: (Filter & { readonly name: string | null }) | null;
  /** Null for none and for a kind that this version does not know; see `asRead`. */
  readonly schedule: Schedule | null;
  readonly source: 'direct' | 'policySet';
  /** The assignment as Microsoft Graph answered it. */
  readonly asRead: Wire;
}

function exported(assignment: Assignment, { groups, filterNames }: ExportData): ExportedAssignment {
  const { target, schedule, direct, wire } = assignment;
  const { groupId, collectionId, filter } = target;
  const group = groupId === undefined ? undefined : groups.get(groupId);
  return {
    target: target.kind,
    group: groupId === undefined ? null : { id: groupId, name: group?.name ?? null, status: group?.status ?? null },
    collectionId: collectionId ?? null,
    filter: filter ? { ...filter, name: filterNames.get(filter.id) ?? null } : null,
    schedule: schedule ?? null,
    source: direct ? 'direct' : 'policySet',
    asRead: wire,
  };
}

/** An export as {@link ExportDocument}. */
export function exportDocument(data: ExportData): ExportDocument {
  const { tenantId, tenantName, cloud, sample, account } = data.connection;
  return {
    format: 'intuneScripts.assignments',
    version: 1,
    tenant: { id: tenantId, name: tenantName, cloud: cloud.id, sample },
    account,
    readAt: data.readAt,
    chosen: data.chosen,
    notRead: data.notRead.map(missing => ({ family: missing.family, reason: plainText(notReadReason(missing)) })),
    gone: data.gone.map(({ family, id, name }) => ({ family, id, name })),
    scripts: data.scripts.map(({ family, id, name, assignments, notRead }) => ({
      family,
      id,
      name,
      assignedBy: familyOf(family).assignKey ? 'itself' : 'compliancePolicies',
      assignments: assignments.map(assignment => exported(assignment, data)),
      notRead: notRead ? plainText(notReadReason({ family, error: notRead })) : null,
    })),
  };
}

/** Characters that are not seen, but that change what is, such as the direction of text. Joiners shape the letters of some scripts. */
const unseen = /[^\P{C}\n\u200C\u200D]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** An export as the text of a JSON document. */
export const jsonText = (data: ExportData): string => `${JSON.stringify(exportDocument(data), undefined, 2).replace(unseen, escaped)}\n`;
