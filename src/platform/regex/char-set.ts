/** First and last code point, both included. */
export type CharRange = readonly [first: number, last: number];

const LAST_CODE_POINT = 0x10ffff;

function merge(ranges: Iterable<CharRange>): CharRange[] {
  const merged: CharRange[] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = merged.at(-1);
    if (previous && first <= previous[1] + 1) merged[merged.length - 1] = [previous[0], Math.max(previous[1], last)];
    else merged.push([first, last]);
  }
  return merged;
}

/** An immutable set of Unicode code points (lone surrogates count as code points, as in Java), as sorted ranges that never touch. */
export class CharSet {
  static readonly none = new CharSet([]);
  static readonly all = new CharSet([[0, LAST_CODE_POINT]]);

  private constructor(readonly ranges: readonly CharRange[]) {}

  static of(ranges: Iterable<CharRange>): CharSet {
    return new CharSet(merge(ranges));
  }

  static single(code: number): CharSet {
    return new CharSet([[code, code]]);
  }

  /** Each text is one range: its first and its last character. */
  static spans(...spans: readonly string[]): CharSet {
    return CharSet.of(spans.map((span) => [span.codePointAt(0) ?? 0, span.codePointAt(span.length - 1) ?? 0]));
  }

  union(other: CharSet): CharSet {
    return CharSet.of([...this.ranges, ...other.ranges]);
  }

  complement(): CharSet {
    const gaps: CharRange[] = [];
    let start = 0;
    for (const [first, last] of this.ranges) {
      if (first > start) gaps.push([start, first - 1]);
      start = last + 1;
    }
    if (start <= LAST_CODE_POINT) gaps.push([start, LAST_CODE_POINT]);
    return new CharSet(gaps);
  }

  intersect(other: CharSet): CharSet {
    return this.complement().union(other.complement()).complement();
  }

  without(other: CharSet): CharSet {
    return this.intersect(other.complement());
  }

  has(code: number): boolean {
    return this.ranges.some(([first, last]) => first <= code && code <= last);
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** The one code point of a set of size one. */
  get only(): number | undefined {
    const [range, ...more] = this.ranges;
    return range && more.length === 0 && range[0] === range[1] ? range[0] : undefined;
  }

  *codePoints(): Generator<number> {
    for (const [first, last] of this.ranges) for (let code = first; code <= last; code++) yield code;
  }
}
