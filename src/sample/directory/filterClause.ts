import { groupJson, type SampleGroup } from '../state/group.ts';
import { isArray } from '../wire/json.ts';
import type { Matches } from './searchClause.ts';

/** A `$filter` of groups that was understood. */
export interface GroupFilter {
  readonly matches: Matches;
  /** Whether it works with `ConsistencyLevel: eventual` and `$count` only. */
  readonly advanced: boolean;
}

/** Reads `$filter` of groups: clauses joined by `and`; undefined if one is not supported. */
export function readFilter(filter: string): GroupFilter | undefined {
  const parts = filter.split(/\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/i).map(readClause);
  const known = parts.filter(part => part !== undefined);
  if (known.length < parts.length) return undefined;
  return { matches: group => known.every(part => part.matches(group)), advanced: known.some(part => part.advanced) };
}

type Reader = (parts: readonly string[]) => GroupFilter;

const literal = "'((?:[^']|'')*)'";

// https://learn.microsoft.com/graph/aad-advanced-queries lists what needs the header.
const clauses: readonly (readonly [RegExp, Reader])[] = [
  [
    new RegExp(`^startswith\\(displayName\\s*,\\s*${literal}\\)$`, 'i'),
    ([value = '']) => simple(group => lower(group.displayName).startsWith(lower(value))),
  ],
  [
    new RegExp(`^endswith\\(displayName\\s*,\\s*${literal}\\)$`, 'i'),
    ([value = '']) => advanced(group => lower(group.displayName).endsWith(lower(value))),
  ],
  [new RegExp(`^displayName eq ${literal}$`, 'i'), ([value = '']) => simple(group => lower(group.displayName) === lower(value))],
  [new RegExp(`^displayName ne ${literal}$`, 'i'), ([value = '']) => advanced(group => lower(group.displayName) !== lower(value))],
  [new RegExp(`^id eq ${literal}$`, 'i'), ([value = '']) => simple(group => lower(group.id) === lower(value))],
  [/^id in \(([^)]*)\)$/i, ([list = '']) => simple(idIn(list))],
  [
    /^(securityEnabled|mailEnabled) eq (true|false)$/i,
    ([name = '', value]) => simple(group => groupJson(group)[propertyName(name)] === (value?.toLowerCase() === 'true')),
  ],
  [new RegExp(`^groupTypes/any\\(\\w+:\\s*\\w+ eq ${literal}\\)$`, 'i'), ([value = '']) => simple(group => hasType(group, value))],
];

function readClause(text: string): GroupFilter | undefined {
  for (const [pattern, read] of clauses) {
    const match = pattern.exec(text.trim().replace(/^\((.*)\)$/, '$1'));
    if (match !== null) return read(match.slice(1).map(part => part.replaceAll("''", "'")));
  }
  return undefined;
}

const simple = (matches: Matches): GroupFilter => ({ matches, advanced: false });
const advanced = (matches: Matches): GroupFilter => ({ matches, advanced: true });
const lower = (text: string): string => text.toLowerCase();
const propertyName = (name: string): string => (name.toLowerCase() === 'mailenabled' ? 'mailEnabled' : 'securityEnabled');

function idIn(list: string): Matches {
  const ids = new Set(list.split(',').map(part => lower(part.trim().replaceAll("'", ''))));
  return group => ids.has(lower(group.id));
}

function hasType(group: SampleGroup, type: string): boolean {
  const types = groupJson(group)['groupTypes'];
  return isArray(types) && types.some(value => typeof value === 'string' && lower(value) === lower(type));
}
