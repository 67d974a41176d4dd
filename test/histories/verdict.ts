// What is wrong with a set that the service took over, held against what was there and what was to become of it. Pure.
import type { StoredRow } from '../../src/sample/index.ts';
import { type Delta, withDelta } from './model.ts';
import { keysOf, opposite, recipientOf, textOf } from './spelling.ts';

/** A set before and after one write of ours, which replaced it, or only added to it. */
export interface Commit {
  readonly before: readonly StoredRow[];
  readonly after: readonly StoredRow[];
  readonly additive: boolean;
}

export interface Wrong {
  readonly kind: 'lost' | 'changed' | 'madeUp' | 'remediation';
  readonly row: StoredRow;
}

/** Rows that are gone, say something else, or were asked for by nobody. */
export function wrongRows({ before, after, additive }: Commit, delta: Delta): readonly Wrong[] {
  const expected = withDelta(before, additive ? { ...delta, removed: [] } : delta);
  const [has, wanted] = [new Set(after.map(textOf)), new Set(expected.map(textOf))];
  const reached = new Set(after.map(({ target }) => recipientOf(target)));
  return [
    ...expected
      .filter(row => !has.has(textOf(row)))
      .map((row): Wrong => ({ kind: reached.has(recipientOf(row.target)) ? 'changed' : 'lost', row })),
    ...after.filter(row => !wanted.has(textOf(row))).map((row): Wrong => ({ kind: 'madeUp', row })),
  ];
}

/** Rows of a remediation that were not written as the admin center writes them. An additive write leaves the others as they are. */
export function wrongFlags({ before, after, additive }: Commit): readonly Wrong[] {
  const had = new Set(additive ? before.map(row => keysOf(row)[0]) : []);
  return after.flatMap(row => (row.runRemediationScript || had.has(keysOf(row)[0]) ? [] : [{ kind: 'remediation', row } as const]));
}

const textAndFlag = (row: StoredRow): string => `${textOf(row)} ${row.runRemediationScript}`;

/** Whom a change from some rows to others concerns, and so whoever includes or excludes the same group. */
export function recipientsOfChange(before: readonly StoredRow[], after: readonly StoredRow[]): ReadonlySet<string> {
  const [had, has] = [new Set(before.map(textAndFlag)), new Set(after.map(textAndFlag))];
  const changed = [...before.filter(row => !has.has(textAndFlag(row))), ...after.filter(row => !had.has(textAndFlag(row)))];
  return new Set(changed.flatMap(({ target }) => [recipientOf(target), recipientOf(opposite(target))]));
}
