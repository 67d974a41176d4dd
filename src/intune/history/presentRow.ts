import { type Assignment, recipientKey, targetKey } from '../assignment.ts';
import type { Difference } from './differences.ts';
import type { PastWrite } from './pastChange.ts';

const keyOf = ({ target }: Assignment): string => targetKey(target);
const beforeOf = (difference: Difference): Assignment => (difference.kind === 'changed' ? difference.before : difference.assignment);
const keysOf = (difference: Difference): readonly string[] => [keyOf(difference.assignment), keyOf(beforeOf(difference))];

/**
 * The row of now that stands where a write left one, or took one away: the same target, or what somebody put in its place. A recipient may have
 * several rows (filters): what stands for another of them is in no other's place. Undefined where there is none.
 */
export function presentRow(
  difference: Difference,
  { differences, after }: Pick<PastWrite, 'differences' | 'after'>,
  rows: readonly Assignment[],
): Assignment | undefined {
  const recipient = recipientKey(beforeOf(difference).target);
  const ofRecipient = (all: readonly Assignment[]): readonly Assignment[] =>
    all.filter(({ direct, target }) => direct && recipientKey(target) === recipient);
  const there = ofRecipient(rows);
  const exact = keysOf(difference).flatMap(key => there.find(row => keyOf(row) === key) ?? []);
  if (exact[0]) return exact[0];
  const others = ofRecipient(after).filter(row => keyOf(row) !== keyOf(difference.assignment));
  const taken = new Set([...others.map(keyOf), ...differences.filter(other => other !== difference).flatMap(keysOf)]);
  // Where another row is gone, what is there may stand for that one.
  if (others.some(row => !there.some(present => keyOf(present) === keyOf(row)))) return undefined;
  return there.find(row => !taken.has(keyOf(row)));
}
