import type { ApprovalState } from '../../intune/history/approvals.ts';
import type { PastChange } from '../../intune/history/pastChange.ts';
import { targetKey } from '../../intune/model/assignment.ts';
import { families, familyOf } from '../../intune/model/families.ts';
import { scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import type { Inventory } from '../../intune/read/inventory.ts';
import { scriptLabel } from '../../ui/format/names.ts';
import type { AssignmentNode, FamilyNode, Node, RunSummaryNode, ScriptNode } from '../../ui/nodes.ts';
import { sortAssignments, sortByName } from '../../ui/sort.ts';
import { inventoryState } from './viewState.ts';

/** What the trees need of a connection. */
export type Shown = Pick<Connection, 'key'> & {
  readonly inventory: Pick<Inventory, 'families' | 'groups' | 'filters'>;
  /** What was changed here, newest first; only the Changes view shows it. */
  readonly changes?: readonly PastChange[];
  /** How requests for approval stand, by their codes in lower case, as far as that was read; only the Changes view shows it. */
  readonly approvals?: ReadonlyMap<string, ApprovalState> | undefined;
  /** How many writes nobody knows the outcome of, and nobody is signed in who could look. */
  readonly unsettled?: number;
};

/** The families, as they arrive; one that failed has its row. Nothing while a welcome view or the progress bar says it all. */
export function scriptRoots({ key, inventory }: Shown): readonly FamilyNode[] {
  if (inventoryState(inventory) !== 'ready') return [];
  return families
    .filter(({ id }) => {
      const state = inventory.families.get(id);
      return state !== undefined && (state.status !== 'loading' || state.scripts !== undefined);
    })
    .map(({ id }) => ({ kind: 'family', connection: key, family: id }));
}

function scriptsOfFamily(shown: Shown, { family }: FamilyNode): readonly ScriptNode[] {
  const scripts = shown.inventory.families.get(family)?.scripts ?? [];
  return sortByName(scripts, scriptLabel, scriptKey).map(script => ({ kind: 'script', connection: shown.key, script }));
}

function assignmentsOfScript(shown: Shown, { script }: ScriptNode): readonly AssignmentNode[] {
  const sorted = sortAssignments(script.assignments, assignment => assignment, shown.inventory.groups);
  return withCopies(sorted, ({ target }) => targetKey(target)).map(({ item, copy }) => ({
    kind: 'assignment',
    connection: shown.key,
    script,
    assignment: item,
    copy,
  }));
}

const runSummaryOf = ({ connection, script }: ScriptNode): readonly RunSummaryNode[] =>
  familyOf(script.family).runSummary ? [{ kind: 'runSummary', connection, script }] : [];

/** The rows below a row of the Scripts view. */
export function scriptChildren(shown: Shown, node: Node): readonly Node[] {
  if (node.connection !== shown.key) return [];
  if (node.kind === 'family') return scriptsOfFamily(shown, node);
  return node.kind === 'script' ? [...runSummaryOf(node), ...assignmentsOfScript(shown, node)] : [];
}

/** The row above a row of the Scripts view. */
export function scriptParent(node: Node): Node | undefined {
  if (node.kind === 'script') return { kind: 'family', connection: node.connection, family: node.script.family };
  return node.kind === 'assignment' || node.kind === 'runSummary'
    ? { kind: 'script', connection: node.connection, script: node.script }
    : undefined;
}

/** Each item with how many items of the same key came before it, so that equal ones can be told apart. */
export function withCopies<T>(items: readonly T[], keyOf: (item: T) => string): readonly { readonly item: T; readonly copy: number }[] {
  const seen = new Map<string, number>();
  return items.map(item => {
    const key = keyOf(item);
    const copy = seen.get(key) ?? 0;
    seen.set(key, copy + 1);
    return { item, copy };
  });
}
