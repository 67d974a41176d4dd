// What a change of assignments means, told once more and as simply as can be: the product is held against this.
import type { StoredRow } from '../../src/sample/index.ts';
import { type JsonObject, without } from '../../src/sample/wire/json.ts';
import type { Act, Intent, RowSpec } from './history.ts';
import { areOpposite, filterOf, recipientOf, textOf } from './spelling.ts';

/** A change of one script's assignments. */
export type Wish =
  | { readonly kind: 'add'; readonly row: StoredRow }
  /** `of` is the row that is meant, where its recipient has several by then. */
  | { readonly kind: 'set'; readonly row: StoredRow; readonly of: StoredRow; readonly edits?: true }
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

const reaches = (row: StoredRow, wish: Wish): boolean => isDirect(row) && recipientOf(row.target) === recipientOf(wish.row.target);

function afterWish(rows: readonly StoredRow[], wish: Wish): readonly StoredRow[] {
  if (wish.kind === 'remove') return rows.filter(row => !reaches(row, wish) || filterOf(row.target) !== filterOf(wish.row.target));
  const at = rows.findIndex(row => reaches(row, wish));
  if (at < 0 && wish.kind === 'set' && wish.edits) return rows;
  // The service keeps one row for a group, so that nothing comes beside its opposite.
  if (at < 0 && rows.some(row => areOpposite(row.target, wish.row.target))) return rows;
  if (at < 0) return [...rows, wish.row];
  if (wish.kind === 'add') return rows;
  const meant = rows.findIndex(row => reaches(row, wish) && filterOf(row.target) === filterOf(wish.of.target));
  // The service keeps one row for a recipient and a filter, whatever its mode. Rows that were side by side already stay so.
  const filterId = (row: StoredRow | undefined): string | undefined => row && filterOf(row.target).split(' ').at(-1);
  // Of several rows, which is meant nobody could say: one more, if the service would keep it, else none.
  if (meant < 0 && wish.edits) return rows;
  if (meant < 0 && rows.filter(row => reaches(row, wish)).length > 1) {
    return rows.some(row => reaches(row, wish) && filterId(row) === filterId(wish.row)) ? rows : [...rows, wish.row];
  }
  const index = meant < 0 ? at : meant;
  const set = rows.with(index, wish.row);
  if (filterId(rows[index]) === filterId(wish.row)) return set;
  return set.filter(row => row === wish.row || !reaches(row, wish) || filterId(row) !== filterId(wish.row));
}

/** The rows as they are to be once the wishes are done. */
export const applied = (rows: readonly StoredRow[], wishes: readonly Wish[]): readonly StoredRow[] => wishes.reduce(afterWish, rows);

/** Whether the rows are as wished already. */
export function isAsWished(rows: readonly StoredRow[], wishes: readonly Wish[]): boolean {
  const texts = new Set(rows.map(textOf));
  const wanted = new Set(applied(rows, wishes).map(textOf));
  return texts.size === wanted.size && [...wanted].every(text => texts.has(text));
}

const at = <T>(rows: readonly T[], nth: number): T | undefined => rows[nth % Math.max(1, rows.length)];

/** A row with another schedule and filter, for the same recipient. */
function edited(row: StoredRow, by: StoredRow): StoredRow {
  const keys = ['deviceAndAppManagementAssignmentFilterId', 'deviceAndAppManagementAssignmentFilterType'];
  const filter: JsonObject = Object.fromEntries(Object.entries(by.target).filter(([key]) => keys.includes(key)));
  return { ...row, target: { ...without(row.target, keys), ...filter }, runSchedule: by.runSchedule };
}

function back(now: readonly StoredRow[], then: readonly StoredRow[]): readonly Wish[] {
  const kept = new Set(then.map(row => recipientOf(row.target)));
  const gone = now.filter(row => !kept.has(recipientOf(row.target)));
  return [...gone.map((row): Wish => ({ kind: 'remove', row })), ...then.map((row): Wish => ({ kind: 'set', row, of: row }))];
}

function wishesOf(intent: Intent, sets: readonly (readonly StoredRow[])[], scheduled: boolean): readonly Wish[] {
  const now = (sets.at(-1) ?? []).filter(isDirect);
  switch (intent.kind) {
    case 'add':
    case 'set': {
      const row = stored({ ...intent.row, policySet: false }, scheduled);
      return [intent.kind === 'add' ? { kind: 'add', row } : { kind: 'set', row, of: row }];
    }
    case 'back':
      return back(now, (sets.at(-1 - intent.sets) ?? []).filter(isDirect));
    case 'remove': {
      const row = at(now, intent.nth);
      return row ? [{ kind: 'remove', row }] : [];
    }
    case 'edit': {
      const row = at(now, intent.nth);
      return row ? [{ kind: 'set', row: edited(row, stored(intent.row, scheduled)), of: row, edits: true }] : [];
    }
  }
}

/**
 * What intents come to for a script whose sets were these, the last one being the truth: one wish for each recipient. A recipient with
 * several rows (filters) is left alone, for which of them is meant nobody could say.
 */
export function resolved(intents: readonly Intent[], sets: readonly (readonly StoredRow[])[], scheduled: boolean): readonly Wish[] {
  const rows = [...(sets.at(-1) ?? [])].filter(isDirect);
  const wishes = new Map<string, Wish>();
  for (const wish of intents.flatMap(intent => wishesOf(intent, sets, scheduled))) {
    const recipient = recipientOf(wish.row.target);
    const several = rows.filter(row => recipientOf(row.target) === recipient).length > 1;
    if (!several && !wishes.has(recipient)) wishes.set(recipient, wish);
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
  return act.kind === 'remove' ? direct.toSpliced(index, 1) : direct.with(index, { ...edited(row, make(act.row)), more: act.row.more });
}
