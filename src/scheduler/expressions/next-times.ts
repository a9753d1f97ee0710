import { Injectable } from '@nestjs/common';
import { describeCron, expandHash, validateCron } from '../../cron/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { Timetable } from '../../slots/index.js';

/** The answer of `GET /cron/next`; times are milliseconds since the epoch. */
export interface NextTimes {
  /** With `H` replaced. */
  readonly cronExpression: string;
  readonly description: string;
  readonly timezone: string;
  readonly next: readonly number[];
}

interface Asked {
  readonly expression: string;
  readonly timezone: string | undefined;
  readonly from: string | undefined;
  readonly count: string | undefined;
  readonly id: string | undefined;
}

const USUAL_COUNT = 10;
const LARGEST_COUNT = 100;

/** A whole number between two, or the fallback where nothing is given. */
function wholeNumber(name: string, text: string | undefined, fallback: number, [min, max]: [number, number]): number {
  if (text === undefined || text === '') return fallback;
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new InvalidRequestError(`${name}: '${text}' is no whole number from ${min} to ${max}.`);
}

@Injectable()
export class NextTimesQuery {
  constructor(
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidRequestError for an invalid expression, in the words of the validation */
  answer({ expression, timezone, from, count, id = '' }: Asked): NextTimes {
    const limit = Number.MAX_SAFE_INTEGER;
    const after = wholeNumber('from', from, this.clock.now(), [-limit, limit]);
    const wanted = wholeNumber('count', count, USUAL_COUNT, [1, LARGEST_COUNT]);
    const expanded = expandHash(expression, id);
    const reading = expanded.kind === 'invalid' ? expanded : this.timetable.read(expanded.expression);
    if (expanded.kind === 'invalid' || reading.kind === 'invalid') throw this.invalid(expression);
    const zone = this.timetable.zone(timezone || undefined).id;
    const next: number[] = [];
    for (let at: number | undefined = after; next.length < wanted; next.push(at)) {
      at = this.timetable.next({ expression: expanded.expression, timeZone: zone }, at);
      if (at === undefined) break;
    }
    const description = describeCron(expanded.expression, reading.cron);
    return { cronExpression: expanded.expression, description, timezone: zone, next };
  }

  private invalid(expression: string): InvalidRequestError {
    const validation = validateCron(expression);
    const message = validation.kind === 'invalid' ? validation.message : `Invalid CRON expression: '${expression}'`;
    return new InvalidRequestError(message, 'invalid-cron-expression');
  }
}
