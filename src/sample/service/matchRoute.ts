import { type FamilyName, isFamilyName } from '../families.ts';
import type { Call } from '../wire/call.ts';
import type { MatchedRoute, Route } from './route.ts';

/** The route of a request; undefined if there is none. */
export function matchRoute(routes: readonly Route[], call: Call): MatchedRoute | undefined {
  const segments = call.path.split('/').slice(1);
  for (const route of routes) {
    if (route.method !== call.method || !route.versions.includes(call.version)) continue;
    const parameters = matchPattern(route.pattern.split('/'), segments);
    if (parameters !== undefined) return { route, parameters };
  }
  return undefined;
}

function matchPattern(pattern: readonly string[], segments: readonly string[]): { family: FamilyName; id: string } | undefined {
  if (pattern.length !== segments.length) return undefined;
  const found: { family: FamilyName; id: string } = { family: 'deviceManagementScripts', id: '' };
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part === '{id}') found.id = segment;
    else if (part === '{family}' && isFamilyName(segment)) found.family = segment;
    else if (part !== segment) return undefined;
  }
  return found;
}
