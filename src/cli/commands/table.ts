/** Rows under their headings, as wide as their longest cell; the last column is not padded. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) => `${line(row, widths).trimEnd()}\n`).join('');
}

const line = (row: readonly string[], widths: readonly number[]): string =>
  row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
