import { plainText } from '../plainText.ts';

/**
 * Where a spreadsheet takes what follows for a formula: at the start of a cell, and behind a semicolon, which separates cells in countries
 * where the comma is decimal. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(^|;)(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** A cell that is text wherever it is opened, in one line. */
const harmless = (cell: string): string => plainText(cell).replace(formula, "$1'");

const quoted = (cell: string): string => (/[",;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows of cells as CSV by RFC 4180. Where a spreadsheet would see a formula, an apostrophe stands before it. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  rows.map(cells => `${cells.map(cell => quoted(harmless(cell))).join(',')}\r\n`).join('');
