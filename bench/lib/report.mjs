/** One figure beside its target. `better` says which side of the target is good. */
export const figure = (what, value, unit, target, better) => ({ what, value, unit, target, better });

export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

export const median = (values) => percentile(values, 0.5);

/** What could not be measured is a dash, and misses its target. */
const shown = (value) => {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
};

function targetOf({ value, target, better }) {
  if (target === undefined) return ['', ''];
  const met = better === 'more' ? value >= target : value <= target;
  return [`${better === 'more' ? '≥' : '≤'} ${shown(target)}`, met ? 'met' : 'MISSED'];
}

const HEADINGS = ['benchmark', 'what', 'figure', 'target', ''];

const rowsOf = (figures) =>
  figures.map((row) => [row.name, row.what, `${shown(row.value)} ${row.unit}`.trim(), ...targetOf(row)]);

/** All figures beside their targets, one a line. */
export function asText(figures) {
  const rows = [HEADINGS, ...rowsOf(figures)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same for docs/performance.md. */
export function asMarkdown(figures) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rows = rowsOf(figures).map(([name, what, ...rest]) => line([name, what.replace(/^ +/, '… '), ...rest]));
  return [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows].join('\n');
}
