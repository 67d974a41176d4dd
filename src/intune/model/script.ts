import type { GraphError } from '../../graph/errors.ts';
import { urlPart } from '../../graph/request.ts';
import { type Assignment, assignmentFromWire } from './assignment.ts';
import { type Family, type FamilyId, familyOf } from './families.ts';

/** What names a script. */
export interface ScriptRef {
  readonly family: FamilyId;
  readonly id: string;
  readonly name: string;
}

export interface Script extends ScriptRef {
  readonly description?: string;
  /** ISO 8601, as the service says. */
  readonly lastModified?: string;
  readonly runAsAccount?: string;
  readonly fileName?: string;
  /** Published by Microsoft: its content cannot be changed, but it can be assigned. */
  readonly isGlobal: boolean;
  /** A remediation that is known to have no remediation script. Lists tell no contents (null), so of most nobody knows. */
  readonly onlyDetects?: true;
  /** None where they could not be read: `notRead` says why, and there may be any. */
  readonly assignments: readonly Assignment[];
  readonly notRead?: GraphError | undefined;
}

/** One key for a script in all families, whatever the case of its id. */
export const scriptKey = ({ family, id }: Pick<ScriptRef, 'family' | 'id'>): string => `${family}/${id.toLowerCase()}`;

/** Path of one script below the origin of Microsoft Graph. */
export const scriptPath = ({ family, id }: Pick<ScriptRef, 'family' | 'id'>): string => `${familyOf(family).path}/${urlPart(id)}`;

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The family of Linux script templates; its version suffix may rise. */
const linuxScriptTemplate = '92439f26-2b30-4503-8429-6d40f7e172dd_';

/** The service may answer all of the settings catalog whatever filter was asked for, so each policy is looked at. */
function belongs(family: Family, wire: ReadonlyMap<string, unknown>): boolean {
  if (family.id !== 'configurationPolicies') return true;
  const template = wire.get('templateReference');
  if (typeof template !== 'object' || template === null) return false;
  const fields = new Map<string, unknown>(Object.entries(template));
  return fields.get('templateFamily') === 'deviceConfigurationScripts' || String(fields.get('templateId')).startsWith(linuxScriptTemplate);
}

/**
 * A script of a list with expanded assignments; undefined for what is no script.
 * Throws `UnreadableAssignment` where an assignment cannot be read, so that it is never shown as missing.
 */
export function scriptFromWire(family: Family, wire: unknown): Script | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(wire));
  const id = text(fields.get('id'));
  if (!id || !belongs(family, fields)) return undefined;
  const assignments = fields.get('assignments');
  const description = text(fields.get('description'));
  const lastModified = text(fields.get('lastModifiedDateTime'));
  const runAsAccount = text(fields.get('runAsAccount'));
  const fileName = text(fields.get('fileName'));
  return {
    family: family.id,
    id,
    name: text(fields.get(family.nameKey)) ?? id,
    ...(description && { description }),
    ...(lastModified && { lastModified }),
    ...(runAsAccount && { runAsAccount }),
    ...(fileName && { fileName }),
    isGlobal: fields.get('isGlobalScript') === true,
    ...(fields.get('remediationScriptContent') === '' && { onlyDetects: true }),
    assignments: Array.isArray(assignments) ? assignments.map(assignmentFromWire) : [],
  };
}
