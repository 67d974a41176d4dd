import { type Assignment, recipientKey, targetKey } from '../assignment.ts';
import type { Difference } from './differences.ts';

/**
 * The row of now that stands where a write left one, or took one away: the same target, or what somebody put in its place. A recipient may have
 * several rows (filters): those that the write left as they were, which `after` has, are no other's place. Undefined where there is none.
 */
export function presentRow(difference: Difference, after: readonly Assignment[], rows: readonly Assignment[]): Assignment | undefined {
  const before = difference.kind === 'changed' ? difference.before : difference.assignment;
  const recipient = recipientKey(before.target);
  const there = rows.filter(({ direct, target }) => direct && recipientKey(target) === recipient);
  const withKey = (key: string): Assignment | undefined => there.find(({ target }) => targetKey(target) === key);
  const left = new Set(after.filter(({ direct }) => direct).map(({ target }) => targetKey(target)));
  return (
    withKey(targetKey(difference.assignment.target)) ??
    withKey(targetKey(before.target)) ??
    there.find(({ target }) => !left.has(targetKey(target)))
  );
}
