import type { FamilyName } from '../families.ts';
import { guidMaker, pick } from '../random.ts';
import type { SampleScript, StoredRow } from '../state/stored.ts';
import { toBase64 } from '../wire/base64.ts';
import type { JsonObject } from '../wire/json.ts';
import { intuneTime } from '../wire/time.ts';
import { linuxEntity } from './linuxEntity.ts';
import type { RowSeed, ScriptSeed, SeedIds } from './seed.ts';

/** Makes the scripts of a family from its table. */
export function makeScripts(seed: number, ids: SeedIds, family: FamilyName, seeds: readonly ScriptSeed[]): SampleScript[] {
  const id = guidMaker(seed, family);
  return seeds.map((script, index) => ({
    family,
    id: id(index),
    entity: entityOf(family, id(index), script),
    versions: [{ rows: (script.rows ?? []).map(row => storedRow(row, ids, script)), visibleAt: Number.NEGATIVE_INFINITY }],
  }));
}

function storedRow(row: RowSeed, ids: SeedIds, script: ScriptSeed): StoredRow {
  const { target, runSchedule = null, source = 'direct', sourceId } = row(ids);
  return { target, runSchedule, source, sourceId, runRemediationScript: script.remediation !== undefined };
}

const firstDay = Date.UTC(2024, 0, 8, 9, 12, 41, 127);
const day = 86_400_000;

function entityOf(family: FamilyName, id: string, script: ScriptSeed): JsonObject {
  const created = firstDay + pick(`${id}/created`, 700) * day;
  const common = {
    id,
    description: script.description ?? '',
    createdDateTime: intuneTime(created),
    lastModifiedDateTime: intuneTime(created + pick(`${id}/modified`, 200) * day),
    roleScopeTagIds: ['0'],
  };
  return { ...common, ...familyProperties(family, script), ...script.more };
}

function familyProperties(family: FamilyName, script: ScriptSeed): JsonObject {
  const content = toBase64(script.content);
  const windows = { displayName: script.name, runAsAccount: 'system', enforceSignatureCheck: false, runAs32Bit: false };
  switch (family) {
    case 'deviceManagementScripts':
      return { ...windows, scriptContent: content };
    case 'deviceShellScripts':
      return { displayName: script.name, runAsAccount: 'system', scriptContent: content, blockExecutionNotifications: false };
    case 'deviceCustomAttributeShellScripts':
      return { displayName: script.name, runAsAccount: 'system', scriptContent: content };
    case 'deviceHealthScripts':
      return { ...windows, ...remediationProperties(script), detectionScriptContent: content };
    case 'deviceComplianceScripts':
      return { ...windows, publisher: 'Contoso IT', version: '1', detectionScriptContent: content };
    case 'configurationPolicies':
      return linuxEntity(script.name, content);
  }
}

const remediationProperties = (script: ScriptSeed): JsonObject => ({
  publisher: 'Contoso IT',
  version: '1',
  isGlobalScript: false,
  highestAvailableVersion: null,
  deviceHealthScriptType: 'deviceHealthScript',
  detectionScriptParameters: [],
  remediationScriptParameters: [],
  remediationScriptContent: script.remediation === undefined ? '' : toBase64(script.remediation),
});
