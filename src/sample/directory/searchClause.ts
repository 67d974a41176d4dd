import type { SampleGroup } from '../state/group.ts';

/** Whether a group matches. */
export type Matches = (group: SampleGroup) => boolean;

/**
 * Reads `$search` of groups: quoted clauses `"displayName:foo bar"`, joined by AND and OR; undefined if it is none.
 * It finds by the starts of words of displayName and description only (https://learn.microsoft.com/graph/search-query-parameter).
 */
export function readSearch(search: string): Matches | undefined {
  const alternatives = search
    .trim()
    .split(/\s+OR\s+(?=")/)
    .map(part => part.split(/\s+AND\s+(?=")/).map(readClause));
  if (alternatives.some(clauses => clauses.includes(undefined))) return undefined;
  const known = alternatives.map(clauses => clauses.filter(clause => clause !== undefined));
  return group => known.some(clauses => clauses.every(matches => matches(group)));
}

function readClause(clause: string): Matches | undefined {
  const match = /^"(displayName|description):((?:[^"\\]|\\.)*)"$/i.exec(clause.trim());
  if (match === null) return undefined;
  const [, property = '', text = ''] = match;
  const terms = words(text.replaceAll(/\\(.)/g, '$1'));
  if (terms.length === 0) return () => false;
  const textOf = property.toLowerCase() === 'displayname' ? nameOf : descriptionOf;
  return group => {
    const value = textOf(group).toLowerCase();
    return terms.every(term => startsWord(value, term));
  };
}

const nameOf = (group: SampleGroup): string => group.displayName;
const descriptionOf = (group: SampleGroup): string => group.description ?? '';

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Looks at the character before each place where the term stands; fast enough for 60,000 names. */
function startsWord(value: string, term: string): boolean {
  for (let at = value.indexOf(term); at >= 0; at = value.indexOf(term, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}\p{M}]$/u.test(value.slice(Math.max(0, at - 2), at))) return true;
  }
  return false;
}
