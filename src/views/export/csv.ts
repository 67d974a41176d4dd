/** What makes a spreadsheet take a cell for a formula: https://owasp.org/www-community/attacks/CSV_Injection */
const formula = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A cell that is text wherever it is opened. */
const harmless = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows of cells as CSV by RFC 4180. A cell that a spreadsheet would take for a formula gets a leading apostrophe. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map(cells => `${cells.map(cell => quoted(harmless(cell))).join(',')}\r\n`).join('');
