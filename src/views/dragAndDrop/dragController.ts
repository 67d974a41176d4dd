import { DataTransferItem, type TreeDragAndDropController } from 'vscode';
import type { Node } from '../nodes.ts';
import { draggedText } from './dragged.ts';

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
