import { ValueSet } from '../schedule/value-set.js';
import { FIRST_YEAR, YearSet, type YearSpan } from '../schedule/year-set.js';
import { CronFault, javaFault } from './cron-fault.js';
import type { Field } from './field.js';

/**
 * Inside Quartz `*` and `?` are the numbers 99 and 98, and the parser does not tell them from the same digits typed by
 * an author: `99` in any field is `*`, and `98` is `?` in the two day fields.
 */
export const EVERY = 99;
export const UNSPECIFIED = 98;

/** A number, a range when `to` is given; `step` 0 means no step. */
export interface Values {
  readonly from: number;
  readonly to?: number | undefined;
  readonly step: number;
}

/** What the items of one field have said so far. */
export class FieldDraft {
  /** `?` was among the items. */
  unspecified = false;
  /** `L` in the day of month: how many days before the last one. */
  lastDayBack: number | undefined;
  /** `W` in the day of month. It holds for the whole field, as do the next two. */
  nearestWeekday = false;
  /** A weekday followed by `L`. */
  lastOfWeekday = false;
  /** A weekday followed by `#` and this number. */
  nthOfWeekday: number | undefined;
  /** A value from 99 on was among the items, as a bare `*` is. */
  #every = false;
  readonly #spans: YearSpan[] = [];
  #low = 0;
  #high = 0;

  constructor(readonly field: Field) {}

  /** What is allowed, once all items are read; of a field other than the year. */
  get values(): ValueSet {
    return new ValueSet(this.#low, this.#high);
  }

  get years(): YearSet {
    return new YearSet(this.#spans);
  }

  /** Whether `?` is its largest value, as Quartz asks; a field that holds nothing at all has none. */
  endsUnspecified(): boolean {
    if (this.lastDayBack !== undefined) return false;
    if (!this.unspecified && !this.#every && this.values.isEmpty) throw javaFault('java.util.NoSuchElementException');
    return this.unspecified && !this.#every;
  }

  /** Takes the value as it is, in bounds or not; values that no search can reach are dropped. */
  add(value: number): void {
    if (value >= EVERY) this.#every = true;
    else if (value === UNSPECIFIED) this.unspecified = true;
    else if (value < 32) this.#low |= 1 << value;
    else if (value < 64) this.#high |= 1 << (value - 32);
  }

  /** Takes a number, a range or a step, after looking at its bounds. */
  addValues({ from, to, step }: Values): void {
    if (this.field.kind === 'year') {
      this.#spans.push(yearSpan({ from, to, step }, this.field.max));
      return;
    }
    this.#checkBounds(from, to);
    if (from === EVERY) this.#addEvery(to, step);
    else if (step === 0) this.add(from);
    else this.#addRange(from, to ?? this.field.max, step);
  }

  #checkBounds(from: number, to = 0): void {
    const { kind, min, max, bounds } = this.field;
    const isDay = kind === 'day-of-month' || kind === 'day-of-week';
    if (from === EVERY || (isDay && from === UNSPECIFIED)) return;
    if (from < min || from > max || to > max) throw new CronFault(bounds, -1);
  }

  #addEvery(to: number | undefined, step: number): void {
    if (step <= 0) this.add(EVERY);
    this.#addRange(this.field.min, to ?? this.field.max, Math.max(1, step));
  }

  /** A range whose end lies before its start goes on at the field's first value. */
  #addRange(from: number, to: number, step: number): void {
    if (to >= from) {
      for (let value = from; value <= Math.min(to, EVERY); value += step) this.add(value);
      return;
    }
    const { min, size } = this.field;
    for (let value = from; value <= to + size; value += step) this.add(value % size < min ? size : value % size);
  }
}

function yearSpan({ from, to, step }: Values, lastYear: number): YearSpan {
  if (from !== EVERY && step === 0) return { from, to: from, step: 1 };
  const first = from === EVERY ? FIRST_YEAR : from;
  if (first > (to ?? lastYear))
    throw javaFault('java.lang.IllegalArgumentException', 'Start year must be less than stop year');
  return { from: first, to: to ?? Infinity, step: Math.max(1, step) };
}
