import { type FamilyName, families } from '../families.ts';
import { forbidden } from '../service/forbidden.ts';
import type { Route } from '../service/route.ts';
import type { TenantService } from '../service/tenantService.ts';
import { scriptName } from '../state/scriptStore.ts';
import type { SampleScript } from '../state/stored.ts';
import { type Answer, json } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { badRequest } from '../wire/errors.ts';
import { type JsonObject, stringAt } from '../wire/json.ts';
import { page } from '../wire/page.ts';
import { intuneTime } from '../wire/time.ts';

/** Who works in the tenant beside the signed-in user. */
export const secondAdministratorName = 'second.admin@contoso.example';

/** What was done to a script. How the service calls it is not confirmed for scripts. */
export type Activity = 'Assign' | 'Patch';

const typeOf = (family: FamilyName): string => {
  const name = families[family].name.replace(/s$/, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** Writes an audit event. Shape: microsoft.graph.auditEvent of the beta metadata. */
export function recordEvent(service: TenantService, who: string, activity: Activity, script: SampleScript): void {
  const type = typeOf(script.family);
  service.state.auditEvents.push({
    id: crypto.randomUUID(),
    displayName: `${activity} ${type}`,
    componentName: 'DeviceConfiguration',
    activity: null,
    activityDateTime: intuneTime(service.clock.now()),
    activityType: `${activity} ${type}`,
    activityOperationType: activity === 'Assign' ? 'Action' : activity,
    activityResult: 'Success',
    correlationId: crypto.randomUUID(),
    category: 'DeviceConfiguration',
    actor: { auditActorType: 'ItPro', userPermissions: ['*'], userPrincipalName: who, applicationDisplayName: 'Microsoft Intune portal' },
    resources: [{ displayName: scriptName(script), auditResourceType: type, type, resourceId: script.id, modifiedProperties: [] }],
  });
}

/** The events since a moment, oldest first. What else can be filtered by is not confirmed, and refused. */
function eventsFor({ state }: TenantService, filter: string | undefined): readonly JsonObject[] | undefined {
  if (filter === undefined) return state.auditEvents;
  const since = Date.parse(/^activityDateTime ge (\S+)$/i.exec(filter)?.[1] ?? '');
  if (Number.isNaN(since)) return undefined;
  return state.auditEvents.filter(event => Date.parse(stringAt(event, 'activityDateTime') ?? '') >= since);
}

function list(service: TenantService, call: Call): Answer {
  if (service.behavior.forbidAuditEvents) return forbidden(call, 'user');
  const events = eventsFor(service, call.query.filter);
  if (events === undefined) return badRequest(call, `Invalid filter clause: '${call.query.filter}'`);
  const context = `${call.origin}/${call.version}/$metadata#deviceManagement/auditEvents`;
  return json(200, { '@odata.context': context, ...page(call, service.behavior, events, service.behavior.pageSize, event => event) });
}

/** Who changed what. */
export const auditRoutes: readonly Route[] = [
  {
    method: 'GET',
    pattern: 'deviceManagement/auditEvents',
    versions: ['v1.0', 'beta'],
    scopes: () => ['DeviceManagementApps.Read.All', 'DeviceManagementApps.ReadWrite.All'],
    serve: list,
  },
];
