import { pick } from '../random.ts';
import type { TenantService } from '../service/tenantService.ts';
import { type SampleScript, type StoredRow, visibleRows } from '../state/stored.ts';
import type { JsonObject } from '../wire/json.ts';
import { rowKey } from './readRows.ts';
import { showRow } from './showRow.ts';

/** The assignments that a read shows now, in the order in which it shows them. */
export function shownRows(service: TenantService, script: SampleScript): readonly StoredRow[] {
  const { rows, version } = visibleRows(script, service.shownMoment());
  return service.behavior.reorderRows ? reorder(rows, `${script.id}/${version}`) : rows;
}

/** The same as JSON. */
export function showRows(service: TenantService, script: SampleScript): readonly JsonObject[] {
  return shownRows(service, script).map(row => showRow(service.behavior, script, row));
}

/** Another order for each set, the same for each read of it (pages have to fit together); never the one that was sent. */
function reorder(rows: readonly StoredRow[], key: string): readonly StoredRow[] {
  const rank = (row: StoredRow) => pick(`${key}/${rowKey(row)}`, 1_000_000);
  const sorted = rows.toSorted((a, b) => rank(a) - rank(b));
  const same = sorted.every((row, index) => row === rows[index]);
  return same ? sorted.toReversed() : sorted;
}
