// What a change of assignments means, told once more and as simply as can be: the product is held against this.
import type { StoredRow } from '../../src/sample/index.ts';
import { type JsonObject, without } from '../../src/sample/wire/json.ts';
import type { Act, Intent, RowSpec } from './history.ts';
import { areOpposite, filterKeys, filterOf, opposite, recipientOf, textOf } from './spelling.ts';

/** A change of one script's assignments, of a recipient that has one row at most. */
export type Wish =
  | { readonly kind: 'add'; readonly row: StoredRow; readonly overrules: boolean }
  | { readonly kind: 'set'; readonly row: StoredRow }
  | { readonly kind: 'edit'; readonly of: StoredRow; readonly hours: number | undefined; readonly filter: JsonObject | null | undefined }
  /** `row` in the place of its opposite. */
  | { readonly kind: 'turn'; readonly of: StoredRow; readonly row: StoredRow }
  | { readonly kind: 'remove'; readonly row: StoredRow };

export const stored = (row: RowSpec, scheduled: boolean): StoredRow => ({
  target: row.target,
  runSchedule: scheduled ? (row.runSchedule ?? null) : null,
  runRemediationScript: scheduled && row.runRemediationScript === true,
  source: row.policySet ? 'policySets' : 'direct',
  sourceId: undefined,
  more: row.more,
});

export const isDirect = ({ source }: StoredRow): boolean => source === 'direct';

const hourly = (interval: number): JsonObject => ({ '@odata.type': '#microsoft.graph.deviceHealthScriptHourlySchedule', interval });

/** The row of a wish, or whom it is about. */
const rowOf = (wish: Wish): StoredRow => (wish.kind === 'edit' || wish.kind === 'turn' ? wish.of : wish.row);

const reaches = (row: StoredRow, of: StoredRow): boolean => isDirect(row) && recipientOf(row.target) === recipientOf(of.target);

const edited = (row: StoredRow, { hours, filter }: Wish & { readonly kind: 'edit' }): StoredRow => ({
  ...row,
  target: filter === undefined ? row.target : { ...without(row.target, [...filterKeys]), ...filter },
  runSchedule: hours === undefined ? row.runSchedule : hourly(hours),
});

function afterWish(rows: readonly StoredRow[], wish: Wish): readonly StoredRow[] {
  const of = rowOf(wish);
  const at = rows.findIndex(row => reaches(row, of));
  const present = rows[at];
  // The service keeps one row for a group, so that nothing comes beside its opposite.
  const against = (target: JsonObject): readonly StoredRow[] => rows.filter(row => areOpposite(row.target, target));
  switch (wish.kind) {
    case 'remove':
      return present && filterOf(present.target) === filterOf(wish.row.target) ? rows.toSpliced(at, 1) : rows;
    case 'set':
      if (present) return rows.with(at, wish.row);
      return against(wish.row.target).length > 0 ? rows : [...rows, wish.row];
    case 'add': {
      const others = against(wish.row.target);
      if (!wish.overrules) return present || others.length > 0 ? rows : [...rows, wish.row];
      if (!present && !others.every(isDirect)) return rows;
      const left = rows.filter(row => !isDirect(row) || !others.includes(row));
      return present ? left : [...left, wish.row];
    }
    case 'edit':
      return present ? rows.with(at, edited(present, wish)) : rows;
    case 'turn': {
      const others = rows.filter(row => !isDirect(row) || !areOpposite(row.target, wish.row.target));
      if (!present || others.some(row => areOpposite(row.target, wish.row.target))) return rows;
      return others.some(row => reaches(row, wish.row)) ? others : [...others, wish.row];
    }
  }
}

/** The rows as they are to be once the wishes are done. */
export const applied = (rows: readonly StoredRow[], wishes: readonly Wish[]): readonly StoredRow[] => wishes.reduce(afterWish, rows);

const at = <T>(rows: readonly T[], nth: number): T | undefined => rows[nth % Math.max(1, rows.length)];

function wishOf(intent: Intent, rows: readonly StoredRow[], scheduled: boolean): Wish | undefined {
  if (intent.kind === 'add' || intent.kind === 'set') {
    const row = stored({ ...intent.row, policySet: false }, scheduled);
    return intent.kind === 'add' ? { kind: 'add', row, overrules: intent.overrules } : { kind: 'set', row };
  }
  const of = at(rows, intent.nth);
  if (!of) return undefined;
  if (intent.kind === 'remove') return { kind: 'remove', row: of };
  const target = opposite(of.target);
  if (intent.kind === 'turn')
    return target === of.target
      ? undefined
      : { kind: 'turn', of, row: { ...of, target: without(target, [...filterKeys]), runSchedule: null, more: {} } };
  const isKnown = recipientOf(of.target).startsWith('group') || recipientOf(of.target).startsWith('all');
  return scheduled && isKnown ? { kind: 'edit', of, hours: intent.hours, filter: intent.filter } : undefined;
}

/**
 * What intents come to for a script whose rows are these: one wish for each recipient. A recipient with several rows (filters) is left alone, for
 * which of them is meant nobody could say.
 */
export function resolved(intents: readonly Intent[], all: readonly StoredRow[], scheduled: boolean): readonly Wish[] {
  const rows = all.filter(isDirect);
  const wishes = new Map<string, Wish>();
  for (const wish of intents.flatMap(intent => wishOf(intent, rows, scheduled) ?? [])) {
    const { target } = rowOf(wish);
    const several = [target, opposite(target)].some(of => rows.filter(row => recipientOf(row.target) === recipientOf(of)).length > 1);
    if (!several && !wishes.has(recipientOf(target)) && !wishes.has(recipientOf(opposite(target)))) wishes.set(recipientOf(target), wish);
  }
  return [...wishes.values()];
}

/** The direct rows after somebody's act. */
export function afterAct(rows: readonly StoredRow[], act: Act, scheduled: boolean): readonly StoredRow[] {
  const direct = rows.filter(isDirect);
  const make = (row: RowSpec): StoredRow => stored({ ...row, policySet: false }, scheduled);
  if (act.kind === 'replace') return act.rows.map(make);
  if (act.kind === 'add') return [...direct, make(act.row)];
  const index = act.nth % Math.max(1, direct.length);
  const row = direct[index];
  if (!row) return direct;
  if (act.kind === 'remove') return direct.toSpliced(index, 1);
  const filter: JsonObject = Object.fromEntries(Object.entries(act.row.target).filter(([key]) => filterKeys.some(one => one === key)));
  const by = make(act.row);
  return direct.with(index, {
    ...row,
    target: { ...without(row.target, [...filterKeys]), ...filter },
    runSchedule: by.runSchedule,
    more: act.row.more,
  });
}

/** What differs between two sets: rows, by all that they say. */
export interface Delta {
  readonly added: readonly StoredRow[];
  readonly removed: readonly StoredRow[];
}

export function deltaOf(before: readonly StoredRow[], after: readonly StoredRow[]): Delta {
  const [had, has] = [new Set(before.map(textOf)), new Set(after.map(textOf))];
  return { added: after.filter(row => !had.has(textOf(row))), removed: before.filter(row => !has.has(textOf(row))) };
}

/** Whether a set has all that a change brings and lacks all that it takes away. */
export function showsDelta(rows: readonly StoredRow[], { added, removed }: Delta): boolean {
  const has = new Set(rows.map(textOf));
  return added.every(row => has.has(textOf(row))) && !removed.some(row => has.has(textOf(row)));
}

export const withDelta = (rows: readonly StoredRow[], { added, removed }: Delta): readonly StoredRow[] => {
  const [gone, has] = [new Set(removed.map(textOf)), new Set(rows.map(textOf))];
  return [...rows.filter(row => !gone.has(textOf(row))), ...added.filter(row => !has.has(textOf(row)))];
};

export const sameRows = (one: readonly StoredRow[], other: readonly StoredRow[]): boolean => {
  const { added, removed } = deltaOf(one, other);
  return added.length === 0 && removed.length === 0;
};
