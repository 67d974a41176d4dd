import { families } from '../families.ts';
import type { TenantService } from '../service/tenantService.ts';
import { type SampleScript, visibleRows } from '../state/stored.ts';
import type { Call } from '../wire/call.ts';
import { isArray, type JsonObject, without } from '../wire/json.ts';
import { select } from '../wire/select.ts';
import { showRows } from './showRows.ts';

/** A script as the service shows it, alone or in a list: contents stand in the single GET only (observed; the docs do not say it). */
export function showScript(service: TenantService, call: Call, script: SampleScript, place: 'single' | 'list'): JsonObject {
  const entity = withState(service, script);
  const contents = families[script.family].contents.map(name => [name, null]);
  const shown = place === 'list' ? { ...entity, ...Object.fromEntries(contents) } : entity;
  const plain = without(shown, ['settings']);
  return {
    ...select(plain, call.query.select),
    ...(call.query.expand.includes('settings') ? { settings: isArray(entity['settings']) ? entity['settings'] : [] } : {}),
    ...(call.query.expand.includes('assignments') ? showExpanded(service, call, script) : {}),
  };
}

function withState(service: TenantService, script: SampleScript): JsonObject {
  if (script.family !== 'configurationPolicies') return script.entity;
  return { ...script.entity, isAssigned: visibleRows(script, service.shownMoment()).rows.length > 0 };
}

function showExpanded(service: TenantService, call: Call, script: SampleScript): JsonObject {
  return { 'assignments@odata.context': assignmentsContext(call, script), assignments: showRows(service, script) };
}

/** The context of the assignments of a script. */
export const assignmentsContext = (call: Call, script: SampleScript): string =>
  `${call.origin}/${call.version}/$metadata#deviceManagement/${script.family}('${script.id}')/assignments`;
