import { NONE } from './value-set.js';

/** The years `from`, `from + step`, … up to and including `to`. */
export interface YearSpan {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The year from which `*` and steps without a start count. */
export const FIRST_YEAR = 1970;

/** The years of an expression; open at the end where the expression names no end. */
export class YearSet {
  static readonly every = new YearSet([{ from: FIRST_YEAR, to: Infinity, step: 1 }]);

  constructor(readonly spans: readonly YearSpan[]) {}

  /** The earliest member that is not below `from`, or NONE. */
  next(from: number): number {
    let best = Infinity;
    for (const span of this.spans) best = Math.min(best, nextOf(span, from));
    return best === Infinity ? NONE : best;
  }
}

function nextOf(span: YearSpan, from: number): number {
  const steps = from <= span.from ? 0 : Math.ceil((from - span.from) / span.step);
  const year = span.from + steps * span.step;
  return year <= span.to ? year : Infinity;
}
