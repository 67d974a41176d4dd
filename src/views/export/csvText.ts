import { l10n } from 'vscode';
import { csv } from './csv.ts';
import type { ExportData } from './exportData.ts';
import { exportHeader, exportRows } from './exportRows.ts';

/** An export as CSV. Each line says by itself of which tenant and moment it is, for a table has no other place for that. */
export function csvText(data: ExportData, now: number): string {
  const { tenantName } = data.connection;
  const header = [...Object.values(exportHeader()), l10n.t('Tenant'), l10n.t('Read at')];
  const lines = exportRows(data, now).map(row => [...Object.values(row), tenantName, data.readAt]);
  return csv([header, ...lines]);
}
