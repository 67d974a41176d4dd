// Tables for a terminal.

/** A cell; numbers stand on the right. */
export type Cell = string | number;

const text = (cell: Cell): string => (typeof cell === 'number' ? cell.toLocaleString('en') : cell);

/** A table with a line below its head. Columns of numbers, and of what stands beside them, are aligned right; the first is text. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map(row => text(row[column] ?? '').length)));
  const rightOf = head.map((_, column) => column > 0 && rows.some(row => /^[\d.,]+/.test(text(row[column] ?? ''))));
  const line = (cells: readonly Cell[]): string =>
    widths
      .map((width, column) => (rightOf[column] ? text(cells[column] ?? '').padStart(width) : text(cells[column] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map(width => '-'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

/** How many times as much as ours: `×12`. */
export const times = (value: number, ours: number): string => {
  if (ours === 0) return '';
  const ratio = value / ours;
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString('en')}×`;
};
