/** One figure beside its target. `better` says which side of the target is good. */
export const figure = (what, value, unit, target, better) => ({ what, value, unit, target, better });

export const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

export const median = (values) => percentile(values, 0.5);

const shown = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));

const verdict = ({ value, target, better }) => {
  if (target === undefined) return '';
  const met = better === 'more' ? value >= target : value <= target;
  return `${better === 'more' ? '≥' : '≤'} ${shown(target)} ${met ? 'met' : 'MISSED'}`;
};

export function print(figures) {
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const row of figures) {
    console.log(`${row.what.padEnd(width)}  ${`${shown(row.value)} ${row.unit}`.padStart(16)}  ${verdict(row)}`);
  }
}
