import { l10n } from 'vscode';
import { scriptsOf } from '../../app/selection.ts';
import { targetKey } from '../../intune/model/assignment.ts';
import { type Script, scriptKey } from '../../intune/model/script.ts';
import type { Connection } from '../../intune/read/connection.ts';
import { targetedGroupIds } from '../../intune/read/inventory.ts';
import { type Dragged, type Drop, draggedFrom } from '../../ui/dragAndDrop.ts';
import { say } from '../../ui/notifications.ts';
import { assignable, ensureWriteTiers, inView, requireWritable } from '../change/writeAccess.ts';
import { type CopyFrom, type CopyParts, copyTo } from './copyAssignments.ts';

export interface DropParts extends CopyParts {
  /** Says something that needs no answer, in the status bar. */
  readonly mention: (text: string) => void;
}

/** What a drop adds: found again in the inventory, for a text can say anything. Undefined where a part of it is not there. */
function whatIsDropped({ rows }: Dragged, { inventory }: Connection) {
  const scripts = new Map(inventory.scripts().map(script => [scriptKey(script), script]));
  const targeted = new Set(targetedGroupIds([...scripts.values()]));
  const groupIds = rows.flatMap(row => (row.kind === 'group' ? [row.groupId] : []));
  const from = rows.flatMap((row): readonly (CopyFrom | undefined)[] => {
    if (row.kind === 'group') return [];
    const script = scripts.get(scriptKey(row));
    if (!script || row.kind === 'script') return [script && { script }];
    return [{ script, takes: ({ target }) => targetKey(target) === row.targetKey }];
  });
  const known = from.filter(one => one !== undefined);
  return known.length === from.length && groupIds.every(id => targeted.has(id)) ? { groupIds, from: known } : undefined;
}

/** The rows of a drop, or undefined after words: other windows, tenants and programs can drop anything. */
function readDrop(connection: Connection, text: string | undefined): ReturnType<typeof whatIsDropped> {
  const dragged = text === undefined ? undefined : draggedFrom(text);
  if (!dragged) void say(l10n.t('Only rows of the Scripts and Groups views of this window can be dropped on a script.'));
  else if (dragged.connection !== connection.key) void say(l10n.t('The dropped rows are of another tenant or account.'));
  else {
    const dropped = whatIsDropped(dragged, connection);
    if (!dropped) void say(l10n.t('The dropped rows are not in the views any more. Refresh, and try again.'));
    return dropped;
  }
  return undefined;
}

const isItself = (from: readonly CopyFrom[], [only, ...more]: readonly Script[]): boolean =>
  only !== undefined && more.length === 0 && from.length > 0 && from.every(({ script }) => scriptKey(script) === scriptKey(only));

/** A drop on a row of the Scripts view: adds groups, assignments or other scripts' assignments to its script, after the review. */
export const dropOnScripts =
  (parts: DropParts) =>
  async ({ target, text }: Drop): Promise<void> => {
    const connection = await requireWritable(parts);
    if (!connection) return;
    const scripts = inView(connection, scriptsOf(target ? [target] : []));
    const dropped = scripts && readDrop(connection, text);
    if (!scripts) return parts.mention(l10n.t('Drop it on a script.'));
    if (!dropped) return;
    if (dropped.groupIds.length === 0 && isItself(dropped.from, scripts)) return parts.mention(l10n.t('Drop it on another script.'));
    const some = assignable(parts, scripts);
    if (some.length > 0 && (await ensureWriteTiers(parts, some))) await copyTo(parts, connection, some, { ...dropped, mode: 'add' });
  };
