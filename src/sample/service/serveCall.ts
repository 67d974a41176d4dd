import type { Occasion } from '../behavior.ts';
import { isFamilyName } from '../families.ts';
import type { Answer } from '../wire/answer.ts';
import { type Call, isWrite } from '../wire/call.ts';
import { noIntuneRole, tooManyRequests } from '../wire/errors.ts';
import { approvalGate } from './approvalGate.ts';
import { forbidden } from './forbidden.ts';
import { matchRoute } from './matchRoute.ts';
import { noRoute } from './noRoute.ts';
import type { MatchedRoute, Route } from './route.ts';
import type { TenantService } from './tenantService.ts';
import { retryAfterHeader, type Throttle } from './throttle.ts';

/** Serves single requests: limits, rights, interference, approval, and then the route itself. */
export function callServer(service: TenantService, routes: readonly Route[], limits: Throttle): (call: Call) => Promise<Answer> {
  const refuseTooMany = throttling(service, limits);
  return async call => {
    const intune = call.path.startsWith('/deviceManagement/');
    const tooMany = intune ? refuseTooMany(call) : undefined;
    if (tooMany !== undefined) return tooMany;
    const matched = matchRoute(
      routes.filter(route => route.exists?.(service.behavior) ?? true),
      call,
    );
    const refused = intune ? refuseRole(service, call) : undefined;
    if (matched === undefined) return refused ?? noRoute(call);
    return refuseScope(call, matched) ?? refused ?? (await withInterference(service, call, matched));
  };
}

function throttling(service: TenantService, limits: Throttle): (call: Call) => Answer | undefined {
  let refusals = 0;
  return call => {
    const seconds = limits.admit(call.at, isWrite(call));
    return seconds === undefined ? undefined : tooManyRequests(call, retryAfterHeader(service.behavior, seconds, refusals++));
  };
}

function refuseScope(call: Call, { route, parameters }: MatchedRoute): Answer | undefined {
  const needed = route.scopes(parameters);
  if (needed.some(scope => call.scopes.has(scope))) return undefined;
  return forbidden(call, 'scope', needed[0]?.split('.')[0]);
}

function refuseRole(service: TenantService, call: Call): Answer | undefined {
  if (service.behavior.noIntuneRole) return noIntuneRole(call);
  const family = call.path.split('/')[2];
  return isFamilyName(family) && service.behavior.forbiddenFamilies.has(family) ? forbidden(call, 'user') : undefined;
}

async function withInterference(service: TenantService, call: Call, matched: MatchedRoute): Promise<Answer> {
  const occasion = occasionOf(call);
  const write = isWrite(call);
  const { behavior } = service;
  if (occasion !== undefined) await (write ? behavior.beforeWrite : behavior.beforeRead)?.(occasion);
  const answer = approvalGate(service, call) ?? matched.route.serve(service, call, matched.parameters);
  if (occasion !== undefined) await (write ? behavior.afterWrite : behavior.afterRead)?.(occasion);
  return answer;
}

function occasionOf(call: Call): Occasion | undefined {
  const [, root, family, scriptId] = call.path.split('/');
  if (root !== 'deviceManagement' || !isFamilyName(family)) return undefined;
  return { method: call.method, path: call.path, family, scriptId, target: call.target };
}
