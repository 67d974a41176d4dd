import { l10n } from 'vscode';
import { changeText } from '../views/changeText.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { chooseChange } from './pastChanges.ts';
import { type ConnectionParts, requireConnection } from './requireConnection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

export interface ShowChangeParts extends ConnectionParts, Pick<WriteCommandParts, 'journal' | 'documents'> {
  readonly connection: ConnectionParts['connection'];
  readonly pickOne: PickOne;
}

/** Show Details: opens a document with all that the journal tells of a change. */
export const showChange =
  (parts: ShowChangeParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireConnection(parts);
    if (!connection) return;
    const words = { title: l10n.t('Show a Change'), none: l10n.t('Nothing was changed here yet.'), counts: () => true };
    const chosen = await chooseChange(parts, connection, args, words);
    if (!chosen) return;
    const { change, changes } = chosen;
    const text = changeText(change, { tenantName: connection.tenantName, groups: connection.inventory.groups, changes });
    await parts.documents.showText(l10n.t('Change.txt'), text);
  };
