import { l10n } from 'vscode';
import type { CloudId } from '../../graph/clouds.ts';
import type { Assignment, Wire } from '../../intune/model/assignment.ts';
import { type FamilyId, familyOf } from '../../intune/model/families.ts';
import type { KnownGroup } from '../../intune/model/group.ts';
import type { Schedule } from '../../intune/model/schedule.ts';
import type { Filter, TargetKind } from '../../intune/model/target.ts';
import { scriptCount } from '../../ui/format/count.ts';
import { markdownText, plainText } from '../../ui/plainText.ts';
import type { ExportData } from './exportData.ts';
import { exportHeader, exportRows, notReadReason, notReadWords } from './exportRows.ts';

/**
 * Where a spreadsheet takes what follows for a formula: at the start of a cell, and behind a semicolon, which separates cells in countries
 * where the comma is decimal. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(^|;)(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** A cell that is text wherever it is opened, in one line. */
const harmless = (cell: string): string => plainText(cell).replace(formula, "$1'");

const quoted = (cell: string): string => (/[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows of cells as CSV by RFC 4180. Where a spreadsheet would see a formula, an apostrophe stands before it. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map(cells => `${cells.map(cell => quoted(harmless(cell))).join(',')}\r\n`).join('');

/** An export as CSV. Each line says by itself of which tenant and moment it is, for a table has no other place for that. */
export function csvText(data: ExportData, now: number): string {
  const { tenantName } = data.connection;
  const header = [...Object.values(exportHeader()), l10n.t('Tenant'), l10n.t('Read at')];
  const lines = exportRows(data, now).map(row => [...Object.values(row), tenantName, data.readAt]);
  return csv([header, ...lines]);
}

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

const line = (cells: readonly string[]): string => `| ${cells.map(markdownText).join(' | ')} |`;

function whatWords({ chosen, scripts }: ExportData): string {
  return chosen === 'all'
    ? l10n.t('{0}: all that the role of this account shows.', scriptCount(scripts.length))
    : l10n.t('{0}: a selection.', scriptCount(scripts.length));
}

/** An export as a Markdown document with a table. */
export function markdownDocument(data: ExportData, now: number): string {
  const { tenantName, tenantId, account, sample } = data.connection;
  const title = sample ? l10n.t('Assignments in the sample tenant {0}', tenantName) : l10n.t('Assignments in {0}', tenantName);
  const header = Object.values(exportHeader());
  return [
    `# ${markdownText(title)}`,
    '',
    markdownText(whatWords(data)),
    markdownText(l10n.t('Read at {0} by {1} in the tenant {2}.', data.readAt, account, tenantId)),
    '',
    ...data.notRead.flatMap(missing => [`> **${markdownText(notReadWords(missing))}**`, '']),
    line(header),
    `|${header.map(() => ' --- |').join('')}`,
    ...exportRows(data, now).map(row => line(Object.values(row))),
    '',
  ].join('\n');
}
