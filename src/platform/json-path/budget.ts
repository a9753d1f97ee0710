import { ExactNumber, type JsonValue } from '../json/index.js';
import { fatal } from './fault.js';

/** Work that one evaluation may do: enough to scan a document of the largest size, a fraction of a second. */
const MAX_STEPS = 2_000_000;

/** Counts the work of an evaluation, so that no path and no document can keep the process busy. */
export class Budget {
  constructor(private left = MAX_STEPS) {}

  /** @param steps about as many as values are looked at */
  spend(steps = 1): void {
    this.left -= steps;
    if (this.left < 0) throw fatal('the path needs too many steps on this document');
  }

  /** Looking at a text costs by its length. */
  spendOn(text: string): void {
    this.spend(1 + (text.length >> 8));
  }

  /** Looking at a value with all that is in it. */
  spendOnAll(value: JsonValue): void {
    if (typeof value === 'string') this.spendOn(value);
    else this.spend();
    if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return;
    for (const part of Object.values(value)) this.spendOnAll(part as JsonValue);
  }
}
