import { type FamilyName, families } from '../families.ts';
import type { Route } from '../service/route.ts';
import type { TenantService } from '../service/tenantService.ts';
import type { SampleScript } from '../state/stored.ts';
import { type Answer, json, nothing } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { badRequest } from '../wire/errors.ts';
import { isObject, type JsonObject, stringAt, without } from '../wire/json.ts';
import { intuneTime } from '../wire/time.ts';
import { withScript } from './readRoutes.ts';
import { showScript } from './showScript.ts';
import { write } from './writeRoutes.ts';

/** Creating, changing and deleting scripts. */
export const scriptRoutes: readonly Route[] = [
  { ...write, pattern: 'deviceManagement/{family}', serve: (service, call, { family }) => create(service, call, family) },
  { ...write, method: 'PATCH', pattern: 'deviceManagement/{family}/{id}', serve: withScript(change) },
  {
    ...write,
    method: 'PUT',
    pattern: 'deviceManagement/configurationPolicies/{id}',
    serve: (service, call, { id }) => withScript(replace)(service, call, { family: 'configurationPolicies', id }),
    scopes: () => ['DeviceManagementConfiguration.ReadWrite.All'],
  },
  { ...write, method: 'DELETE', pattern: 'deviceManagement/{family}/{id}', serve: withScript(remove) },
];

const readOnly = [
  'id',
  'createdDateTime',
  'lastModifiedDateTime',
  'isGlobalScript',
  'highestAvailableVersion',
  'assignments',
  'isAssigned',
  'settingCount',
];

function create(service: TenantService, call: Call, family: FamilyName): Answer {
  const { nameProperty } = families[family];
  if (!isObject(call.body) || !stringAt(call.body, nameProperty)) return badRequest(call, `${nameProperty} must not be empty`);
  const id = service.newId();
  const now = intuneTime(service.clock.now());
  const entity = { id, roleScopeTagIds: ['0'], description: '', ...writable(call.body), createdDateTime: now, lastModifiedDateTime: now };
  const script: SampleScript = { family, id, entity, versions: [] };
  service.state.scripts.put(script);
  return json(201, showScript(service, call, script, 'single'));
}

function change(service: TenantService, call: Call, script: SampleScript): Answer {
  if (!isObject(call.body)) return badRequest(call, 'Request body is missing or no JSON object.');
  const content = families[script.family].contents.some(name => isObject(call.body) && call.body[name] !== undefined);
  if (content && script.entity['isGlobalScript'] === true) return badRequest(call, 'The content of a global script cannot be changed');
  script.entity = { ...script.entity, ...writable(call.body), lastModifiedDateTime: intuneTime(service.clock.now()) };
  return json(200, showScript(service, call, script, 'single'));
}

/** Policies of the settings catalog are replaced as a whole by tools that change their settings. Assignments stay. */
function replace(service: TenantService, call: Call, script: SampleScript): Answer {
  const answer = change(service, call, script);
  return answer.status === 200 ? nothing(204) : answer;
}

function remove(service: TenantService, call: Call, script: SampleScript): Answer {
  if (script.entity['isGlobalScript'] === true) return badRequest(call, 'A global script cannot be deleted');
  service.state.scripts.delete(script.family, script.id);
  return nothing(204);
}

const writable = (body: JsonObject): JsonObject => without(body, readOnly);
