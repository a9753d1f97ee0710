import { ExpressionFault } from './expression-fault.js';
import { LIMITS } from './limits.js';

const CHARACTERS_PER_UNIT = 100;

/** Counts the work of one call. Every loop over data pays here before it runs, so time and memory have a bound. */
export class Budget {
  private left: number = LIMITS.work;

  /** @throws ExpressionFault when the work is used up */
  spend(units = 1): void {
    this.left -= units;
    if (this.left < 0) throw new ExpressionFault('it takes too much work');
  }

  /** Pays for going through that many characters. */
  spendCharacters(count: number): void {
    this.spend(1 + Math.floor(count / CHARACTERS_PER_UNIT));
  }

  /** Pays for a text that is about to be made, so that it is refused before it takes memory. */
  admitText(length: number): void {
    if (length > LIMITS.textLength) throw new ExpressionFault(`it makes a text over ${LIMITS.textLength} characters`);
    this.spendCharacters(length);
  }

  /** Pays for a list that is about to be made. */
  admitList(size: number): void {
    this.spend(size);
    if (size > LIMITS.items) throw new ExpressionFault(`it makes a list over ${LIMITS.items} items`);
  }
}
