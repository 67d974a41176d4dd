import { type FamilyName, families } from '../families.ts';
import { forbidden } from '../service/forbidden.ts';
import type { Route } from '../service/route.ts';
import type { TenantService } from '../service/tenantService.ts';
import { replaceRows, rowsOf, type SampleScript, type StoredRow } from '../state/stored.ts';
import { type Answer, json, nothing } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { badRequest } from '../wire/errors.ts';
import { intuneTime } from '../wire/time.ts';
import { recordEvent } from './auditEvents.ts';
import { withScript } from './readRoutes.ts';
import { collapse, readAssignBody, readRow } from './readRows.ts';
import { showRow } from './showRow.ts';
import { assignmentsContext } from './showScript.ts';
import { targetGroup } from './target.ts';

export const write = {
  method: 'POST',
  versions: ['beta'],
  scopes: ({ family }: { family: FamilyName }) => [`${families[family].permission}.ReadWrite.All`],
} as const;

/** The two ways to write assignments. */
export const writeRoutes: readonly Route[] = [
  { ...write, pattern: 'deviceManagement/{family}/{id}/assign', serve: withScript(assign) },
  // The documented way to add one row; as far as it was seen, the service has no route for it.
  {
    ...write,
    pattern: 'deviceManagement/{family}/{id}/assignments',
    exists: behavior => behavior.collectionPost,
    serve: withScript(addRow),
  },
];

/** Replaces all rows that belong to the object itself. */
function assign(service: TenantService, call: Call, script: SampleScript): Answer {
  const sent = readAssignBody(families[script.family], call.body);
  if (typeof sent === 'string') return badRequest(call, sent);
  const refused = refuse(service, call, sent);
  if (refused !== undefined) return refused;
  const foreign = rowsOf(script).filter(row => row.source !== 'direct');
  const rows = [...foreign, ...collapse(sent, !service.behavior.oneRowPerGroup)];
  store(service, script, rows);
  return assigned(service, call, script, rows);
}

function assigned(service: TenantService, call: Call, script: SampleScript, rows: readonly StoredRow[]): Answer {
  const way = service.behavior.assignAnswer[script.family];
  if (way === '204') return nothing(204);
  if (way === '200 empty') return nothing(200);
  return json(200, { '@odata.context': assignmentsContext(call, script), value: rows.map(row => showRow(service.behavior, script, row)) });
}

/** Adds one row to what is there. */
function addRow(service: TenantService, call: Call, script: SampleScript): Answer {
  const row = readRow(call.body);
  if (typeof row === 'string') return badRequest(call, row);
  const refused = refuse(service, call, [row]);
  if (refused !== undefined) return refused;
  const before = service.behavior.collectionPostReplaces ? [] : rowsOf(script);
  store(service, script, collapse([...before, row], !service.behavior.oneRowPerGroup));
  return json(201, { '@odata.context': `${assignmentsContext(call, script)}/$entity`, ...showRow(service.behavior, script, row) });
}

/** A list with a group outside of the administrator's scope groups is refused as a whole (learn.microsoft.com, Intune scope tags). */
function refuse(service: TenantService, call: Call, rows: readonly StoredRow[]): Answer | undefined {
  const groups = rows.map(row => targetGroup(row.target)).filter(id => id !== undefined);
  const { scopeGroups, refuseDeletedGroups } = service.behavior;
  const scope = scopeGroups === undefined ? undefined : new Set([...scopeGroups].map(id => id.toLowerCase()));
  if (scope !== undefined && groups.some(id => !scope.has(id))) return forbidden(call, 'scopeGroups');
  const deleted = refuseDeletedGroups ? groups.find(id => service.state.groups.get(id) === undefined) : undefined;
  return deleted === undefined ? undefined : badRequest(call, `The group '${deleted}' does not exist`);
}

function store(service: TenantService, script: SampleScript, rows: readonly StoredRow[]): void {
  const now = service.clock.now();
  recordEvent(service, service.state.user.userPrincipalName, 'Assign', script);
  replaceRows(script, rows, now + service.behavior.assignmentLagMs);
  if (service.behavior.assignTouchesScript) script.entity = { ...script.entity, lastModifiedDateTime: intuneTime(now) };
}
