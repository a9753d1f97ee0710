/** How many letters have to be inserted, removed, replaced or swapped with their neighbour to make `b` of `a`. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;

/** More slips in one key than this, or more than one in four letters of a name, make it another key. */
const MOST_SLIPS = 2;

function slips(segment: string, wanted: string): number {
  if (Math.abs(segment.length - wanted.length) > MOST_SLIPS) return Infinity;
  const distance = editDistance(segment, wanted);
  return distance <= Math.max(1, Math.floor(wanted.length / 4)) ? distance : Infinity;
}

function keySlips(path: string, wanted: string): number {
  const [segments, others] = [path.split('.'), wanted.split('.')];
  if (segments.length !== others.length) return Infinity;
  return segments.reduce((sum, segment, index) => sum + slips(segment, others[index] ?? ''), 0);
}

/** The known key that a canonical key is most likely a slip of, if it is close to any; `known` by canonical key. */
export function nearestKey(path: string, known: ReadonlyMap<string, string>): string | undefined {
  let [best, fewest]: [string | undefined, number] = [undefined, MOST_SLIPS + 1];
  for (const [candidate, key] of known) {
    const count = keySlips(path, candidate);
    if (count > 0 && count < fewest) [best, fewest] = [key, count];
  }
  return best;
}
