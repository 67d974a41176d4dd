import type { PastChange } from '../../intune/history/pastChange.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import type { ChangedScriptNode, ChangeNode, DayNode, Node, UnsettledNode } from '../../ui/nodes.ts';
import { sortByName } from '../../ui/sort.ts';
import type { Shown } from './scriptsTree.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** The day of a time (ISO 8601, or milliseconds since the epoch) where the user is: `YYYY-MM-DD`. */
export function dayOf(at: string | number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** What calls for somebody, and below it the days on which something was changed, newest first. */
export const changeRoots = ({ key, changes = [], unsettled = 0 }: Shown): readonly (UnsettledNode | DayNode)[] => [
  ...(unsettled > 0 ? [{ kind: 'unsettled', connection: key, count: unsettled } as const] : []),
  ...[...new Set(changes.map(({ at }) => dayOf(at)))].map(day => ({ kind: 'day', connection: key, day }) as const),
];

const changesOfDay = ({ key, changes = [] }: Shown, day: string): readonly ChangeNode[] =>
  changes.filter(({ at }) => dayOf(at) === day).map(change => ({ kind: 'change', connection: key, change }));

const scriptsOfChange = (connection: string, change: PastChange): readonly ChangedScriptNode[] =>
  sortByName(
    change.writes,
    ({ script }) => scriptLabel(script),
    ({ script, id }) => `${script.id}${id}`,
  ).map(write => ({ kind: 'changedScript', connection, change, write }));

/** The rows below a row of the Changes view. */
export function changeChildren(shown: Shown, node: Node): readonly Node[] {
  if (node.connection !== shown.key) return [];
  if (node.kind === 'day') return changesOfDay(shown, node.day);
  return node.kind === 'change' ? scriptsOfChange(shown.key, node.change) : [];
}

/** The row above a row of the Changes view. */
export function changeParent(node: Node): Node | undefined {
  const { connection } = node;
  if (node.kind === 'change') return { kind: 'day', connection, day: dayOf(node.change.at) };
  return node.kind === 'changedScript' ? { kind: 'change', connection, change: node.change } : undefined;
}
