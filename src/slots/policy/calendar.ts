import { type CronExpression, type TimeZone, parseCron } from '../../cron/index.js';
import { fitsWildcard } from '../../platform/regex/index.js';
import { dayAfter, instantOf } from './local-time.js';
import type { CalendarOptions, SpanOptions } from './policy.config.js';

/** Whom a calendar is asked for. */
export interface Subject {
  readonly application: string;
  readonly labels: readonly string[];
}

/** Says until when an instant is inside of it, milliseconds since the epoch; `undefined` where it is not. */
type HeldUntil = (at: number) => number | undefined;

/** Named times in which triggers are held back. */
export class Calendar {
  readonly name: string;
  private readonly spans: readonly HeldUntil[];

  /** Windows that cannot be read are left out: `faultsOf` names them. */
  constructor(
    private readonly options: CalendarOptions,
    zone: TimeZone,
  ) {
    this.name = options.name;
    this.spans = options.windows.flatMap((window) => spanOf(window, zone) ?? []);
  }

  /** Without applications and labels it is for all; with both for what either names. */
  isFor({ application, labels }: Subject): boolean {
    const wanted = this.options;
    if (wanted.applications.length === 0 && wanted.labels.length === 0) return true;
    return (
      wanted.applications.some((pattern) => fitsWildcard(pattern.toLowerCase(), application.toLowerCase())) ||
      wanted.labels.some((label) => labels.includes(label))
    );
  }

  /** The end of the last window that an instant is in. */
  heldUntil(at: number): number | undefined {
    const ends = this.spans.flatMap((span) => span(at) ?? []);
    return ends.length === 0 ? undefined : Math.max(...ends);
  }
}

/** What is wrong with the windows of a calendar. */
export function faultsOf({ name, windows }: CalendarOptions, zone: TimeZone): string[] {
  return windows
    .filter((window) => spanOf(window, zone) === undefined)
    .map((window) => `calendar '${name}': the window ${JSON.stringify(window)} holds nothing back`);
}

function spanOf(window: SpanOptions, zone: TimeZone): HeldUntil | undefined {
  if ('cron' in window) return recurring(window.cron, window.duration, zone);
  const [from, to] = 'date' in window ? [window.date, dayAfter(window.date)] : [window.from, window.to];
  const [begin, end] = [instantOf(from, zone), instantOf(to, zone)];
  if (begin === undefined || end === undefined || begin >= end) return undefined;
  return (at) => (begin <= at && at < end ? end : undefined);
}

function recurring(expression: string, duration: number, zone: TimeZone): HeldUntil | undefined {
  const reading = parseCron(expression);
  if (reading.kind === 'invalid' || duration === 0) return undefined;
  return (at) => {
    const begin = lastBefore(reading.cron, at, duration, zone);
    return begin === undefined ? undefined : begin + duration;
  };
}

/** The last time up to an instant, and less than `reach` before it. */
function lastBefore(cron: CronExpression, at: number, reach: number, zone: TimeZone): number | undefined {
  let last: number | undefined;
  for (let next = cron.next(at - reach, zone); next !== undefined && next <= at; next = cron.next(next, zone))
    last = next;
  return last;
}
