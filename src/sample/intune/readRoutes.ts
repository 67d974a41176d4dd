import { type FamilyName, families } from '../families.ts';
import type { Route } from '../service/route.ts';
import type { TenantService } from '../service/tenantService.ts';
import { scriptName } from '../state/scriptStore.ts';
import type { SampleScript } from '../state/stored.ts';
import { type Answer, json } from '../wire/answer.ts';
import type { Call } from '../wire/call.ts';
import { badRequest, notFound } from '../wire/errors.ts';
import { isArray, isObject } from '../wire/json.ts';
import { page } from '../wire/page.ts';
import { runSummary } from './runSummary.ts';
import { showRow } from './showRow.ts';
import { shownRows } from './showRows.ts';
import { assignmentsContext, showScript } from './showScript.ts';

const read = {
  method: 'GET',
  versions: ['beta'],
  scopes: ({ family }: { family: FamilyName }) => [
    `${families[family].permission}.Read.All`,
    `${families[family].permission}.ReadWrite.All`,
  ],
} as const;

/** GET below the six families. They exist in beta only. */
export const readRoutes: readonly Route[] = [
  { ...read, pattern: 'deviceManagement/{family}', serve: (service, call, { family }) => list(service, call, family) },
  { ...read, pattern: 'deviceManagement/{family}/{id}', serve: withScript(single) },
  { ...read, pattern: 'deviceManagement/{family}/{id}/assignments', serve: withScript(assignments) },
  { ...read, pattern: 'deviceManagement/{family}/{id}/settings', serve: withScript(settings) },
  {
    ...read,
    pattern: 'deviceManagement/{family}/{id}/runSummary',
    serve: withScript((service, call, script) =>
      json(200, { '@odata.context': context(call, script.family, '/runSummary'), ...runSummary(service, script) }),
    ),
  },
];

/** A handler of a script, or 404 if there is none. */
export function withScript(serve: (service: TenantService, call: Call, script: SampleScript) => Answer): Route['serve'] {
  return (service, call, { family, id }) => {
    const script = service.state.scripts.get(family, id);
    return script === undefined ? notFound(call) : serve(service, call, script);
  };
}

function list(service: TenantService, call: Call, family: FamilyName): Answer {
  const { top, filter } = call.query;
  if (top !== undefined && !(Number.isInteger(top) && top > 0)) return badRequest(call, `Invalid value for $top: '${top}'`);
  const scripts = service.state.scripts.list(family);
  const found = filter === undefined ? scripts : filtered(service, family, scripts, filter);
  const size = Math.min(top ?? service.behavior.pageSize, service.behavior.largestPage);
  const body = page(call, service.behavior, found, size, script => showScript(service, call, script, 'list'));
  const count = call.query.count ? { '@odata.count': found.length } : {};
  return json(200, { '@odata.context': context(call, family), ...count, ...body });
}

/** The few filters that do something; the others are ignored without a word, as IntuneManagement saw with remediations. */
function filtered(service: TenantService, family: FamilyName, scripts: readonly SampleScript[], filter: string): readonly SampleScript[] {
  const name = /^displayName eq '((?:[^']|'')*)'$/i.exec(filter)?.[1]?.replaceAll("''", "'");
  if (name !== undefined && families[family].filtersByName)
    return scripts.filter(script => scriptName(script).toLowerCase() === name.toLowerCase());
  const template = /^templateReference\/templateFamily eq '([^']*)'$/i.exec(filter)?.[1];
  if (template === undefined || service.behavior.ignorePolicyFilter) return scripts;
  return scripts.filter(
    ({ entity }) => isObject(entity['templateReference']) && entity['templateReference']['templateFamily'] === template,
  );
}

function single(service: TenantService, call: Call, script: SampleScript): Answer {
  const expanded = call.query.expand.includes('assignments') ? '(assignments())' : '';
  return json(200, {
    '@odata.context': context(call, script.family, `${expanded}/$entity`),
    ...showScript(service, call, script, 'single'),
  });
}

function assignments(service: TenantService, call: Call, script: SampleScript): Answer {
  const size = Math.min(call.query.top ?? Number.POSITIVE_INFINITY, service.behavior.assignmentPageSize);
  const body = page(call, service.behavior, shownRows(service, script), size, row => showRow(service.behavior, script, row));
  return json(200, { '@odata.context': assignmentsContext(call, script), ...body });
}

function settings(service: TenantService, call: Call, script: SampleScript): Answer {
  const all = isArray(script.entity['settings']) ? script.entity['settings'] : [];
  const body = page(call, service.behavior, all, service.behavior.pageSize, setting => setting);
  return json(200, { '@odata.context': context(call, script.family, `('${script.id}')/settings`), ...body });
}

const context = (call: Call, family: FamilyName, rest = ''): string =>
  `${call.origin}/${call.version}/$metadata#deviceManagement/${family}${rest}`;
