import { l10n } from 'vscode';
import { readHistory } from '../intune/history/recovery.ts';
import type { Connection } from '../intune/read/connection.ts';
import { changeReport } from '../views/report/changeReport.ts';
import { reportText } from '../views/report/reportText.ts';
import type { PickOne } from '../views/scriptPicker/pickRow.ts';
import { type Chosen, chooseChange } from './pastChanges.ts';
import { type ConnectionParts, requireConnection } from './requireConnection.ts';
import type { WriteCommandParts } from './writeCommandParts.ts';

export interface ShowChangeParts extends ConnectionParts, Pick<WriteCommandParts, 'journal' | 'documents'> {
  readonly connection: ConnectionParts['connection'];
  readonly pickOne: PickOne;
}

async function show(
  { documents }: Pick<ShowChangeParts, 'documents'>,
  { tenantName, inventory }: Connection,
  { change, changes }: Pick<Chosen, 'change' | 'changes'>,
): Promise<void> {
  const report = changeReport(change, { tenantName, groups: inventory.groups, changes });
  await documents.showText(l10n.t('Report.md'), reportText(report));
}

/** Show Report: opens a document with all that the journal tells of a change. */
export const showChange =
  (parts: ShowChangeParts) =>
  async (...args: readonly unknown[]): Promise<void> => {
    const connection = await requireConnection(parts);
    if (!connection) return;
    const words = { title: l10n.t('Show a Report'), none: l10n.t('Nothing was changed here yet.'), counts: () => true };
    const chosen = await chooseChange(parts, connection, args, words);
    if (chosen) await show(parts, connection, chosen);
  };

/** Opens the report of a change that has just been made; whether the journal has it. */
export async function showChangeById(
  parts: Pick<WriteCommandParts, 'journal' | 'documents'>,
  connection: Connection,
  id: string,
): Promise<boolean> {
  const changes = await readHistory(parts.journal(connection));
  const change = changes.find(one => one.id === id);
  if (change) await show(parts, connection, { change, changes });
  return change !== undefined;
}
