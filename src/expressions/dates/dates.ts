import { ExpressionFault } from '../expression-fault.js';
import { Transient } from '../values/value.js';

/** An instant, in milliseconds since the epoch, between the years 1 and 9999. */
export class Instant extends Transient {
  readonly what = 'an instant';

  constructor(readonly epochMs: number) {
    super();
    assertKnown(epochMs);
  }

  /** `2024-02-29T12:00:00Z`, with milliseconds only where there are some. */
  override toString(): string {
    return new Date(this.epochMs).toISOString().replace('.000Z', 'Z');
  }
}

/** A day of the calendar, without a time zone. */
export class Day extends Transient {
  readonly what = 'a day';
  private readonly midnight: Date;

  /** @param midnightMs the start of the day in UTC */
  constructor(readonly midnightMs: number) {
    super();
    assertKnown(midnightMs);
    this.midnight = new Date(midnightMs);
  }

  get year(): number {
    return this.midnight.getUTCFullYear();
  }

  /** From 1 to 12. */
  get month(): number {
    return this.midnight.getUTCMonth() + 1;
  }

  get dayOfMonth(): number {
    return this.midnight.getUTCDate();
  }

  /** `2024-02-29` */
  override toString(): string {
    return this.midnight.toISOString().slice(0, 10);
  }
}

const FIRST = Date.parse('0001-01-01T00:00:00Z');
const END = Date.parse('+010000-01-01T00:00:00Z');

function assertKnown(epochMs: number): void {
  if (!(epochMs >= FIRST && epochMs < END)) throw new ExpressionFault('a date lies outside the years 1 to 9999');
}
