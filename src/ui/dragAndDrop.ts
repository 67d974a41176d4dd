import { DataTransferItem, type TreeDragAndDropController } from 'vscode';
import * as z from 'zod/mini';
import { targetKey } from '../intune/model/assignment.ts';
import { families } from '../intune/model/families.ts';
import type { ScriptRef } from '../intune/model/script.ts';
import type { Node } from './nodes.ts';

/** A row by its ids. What it stands for is looked up again where it is dropped. */
type DraggedRow =
  | { readonly kind: 'group'; readonly groupId: string }
  | ({ readonly kind: 'script' } & Pick<ScriptRef, 'family' | 'id'>)
  | ({ readonly kind: 'assignment'; readonly targetKey: string } & Pick<ScriptRef, 'family' | 'id'>);

/** What crosses from a drag to a drop, as JSON. */
export interface Dragged {
  /** Key of the connection that the rows are of. */
  readonly connection: string;
  readonly rows: readonly DraggedRow[];
}

function draggedRow(node: Node): DraggedRow | undefined {
  switch (node.kind) {
    case 'group':
      return { kind: 'group', groupId: node.groupId };
    case 'script':
    case 'groupScript':
      return { kind: 'script', family: node.script.family, id: node.script.id };
    case 'assignment':
      return { kind: 'assignment', family: node.script.family, id: node.script.id, targetKey: targetKey(node.assignment.target) };
    default:
      return undefined;
  }
}

/** The text of some rows; undefined where none of them can be dropped anywhere. */
export function draggedText(nodes: readonly Node[]): string | undefined {
  const rows = nodes.flatMap(node => draggedRow(node) ?? []);
  const [first] = nodes;
  return first && rows.length > 0 ? JSON.stringify({ connection: first.connection, rows } satisfies Dragged) : undefined;
}

const text = z.string().check(z.minLength(1));
const script = { family: z.enum(families.map(({ id }) => id)), id: text };
const dragged = z.object({
  connection: text,
  rows: z
    .array(
      z.union([
        z.object({ kind: z.literal('group'), groupId: text }),
        z.object({ kind: z.literal('script'), ...script }),
        z.object({ kind: z.literal('assignment'), ...script, targetKey: text }),
      ]),
    )
    .check(z.minLength(1)),
});

/** What a text of a drop says; undefined for anything that is not wholly ours. Anybody can drop anything. */
export function draggedFrom(json: string): Dragged | undefined {
  try {
    return dragged.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** The type of the text of {@link draggedText}. */
const rowsType = 'application/vnd.intune-scripts.rows';

/** What was dropped where. */
export interface Drop {
  /** The row; undefined for the empty space of the view. */
  readonly target: Node | undefined;
  /** What says which rows were dropped, or claims to: see `draggedFrom`. */
  readonly text: string | undefined;
}

/**
 * Drags rows of a view as text, and takes drops where `onDrop` is given. A view cannot stop being draggable while it is open, so that rows
 * have no text where nothing may be changed.
 */
export function dragController(readOnly: () => boolean, onDrop?: (drop: Drop) => void): TreeDragAndDropController<Node> {
  return {
    dragMimeTypes: [rowsType],
    dropMimeTypes: onDrop ? [rowsType] : [],
    handleDrag(nodes, transfer) {
      const text = readOnly() ? undefined : draggedText(nodes);
      if (text !== undefined) transfer.set(rowsType, new DataTransferItem(text));
    },
    async handleDrop(target, transfer) {
      // Rows of another view come as a second item, behind an empty one that stands for them while they are dragged.
      const items = [...transfer].filter(([type]) => type === rowsType).map(([, item]) => item);
      // What follows asks the user, and VS Code does not wait for that.
      onDrop?.({ target, text: await items.at(-1)?.asString() });
    },
  };
}
