import { type TimeZone, TimeZones, expandHash, parseCron, validateCron, wallTimeWithOffset } from '../../cron/index.js';
import { SystemClock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import type { Command, Finding } from './command.js';

const USUAL_COUNT = 10;
const LARGEST_COUNT = 1000;

function countOf(text: string | undefined): number {
  const count = text === undefined ? USUAL_COUNT : Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST_COUNT) return count;
  throw new InvalidRequestError(`--count: '${text}' is no whole number from 1 to ${LARGEST_COUNT}.`);
}

function startOf(text: string | undefined): number {
  const time = text === undefined ? new SystemClock().now() : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new InvalidRequestError(`--from: '${text}' is no instant: write 2026-01-31T12:00:00Z.`);
}

function zoneOf(id: string): TimeZone {
  const zone = new TimeZones().find(id);
  if (zone) return zone;
  throw new InvalidRequestError(`--zone: there is no time zone '${id}': write one such as Europe/Berlin.`);
}

/** The next times after an instant, as many as are wanted or there are. */
function nextTimes(expression: string, zone: TimeZone, after: number, count: number): number[] {
  const reading = parseCron(expression);
  const times: number[] = [];
  if (reading.kind === 'invalid') return times;
  for (
    let at = reading.cron.next(after, zone);
    at !== undefined && times.length < count;
    at = reading.cron.next(at, zone)
  ) {
    times.push(at);
  }
  return times;
}

/** `echo cron`: judged here, nobody is asked. */
export const cron: Command = {
  name: 'cron',
  usage: '<expression> [--zone <id>] [--count <n>] [--from <time>] [--id <triggerId>]',
  summary: 'what a cron expression means, and when it is due next',
  options: {
    zone: 'the zone on whose clock it is due, else America/Los_Angeles',
    count: 'how many times to show, else 10',
    from: 'the instant after which they are, else now',
    id: 'the id of the trigger, by which `H` is replaced',
  },
  alone: true,
  words: [1, 1],
  run({
    words: [expression = ''],
    options: { zone: zoneId = 'America/Los_Angeles', count, from, id = '' },
  }): Promise<Finding> {
    const judged = validateCron(expression);
    if (judged.kind === 'invalid') {
      return Promise.resolve({ data: { valid: false, message: judged.message }, text: `${judged.message}\n`, code: 1 });
    }
    const expanded = expandHash(expression, id);
    const due = expanded.kind === 'expanded' ? expanded.expression : expression;
    const zone = zoneOf(zoneId);
    const times = nextTimes(due, zone, startOf(from), countOf(count));
    const shown = times.map((time) => wallTimeWithOffset(time, zone));
    const never = times.length === 0 ? 'It is never due again.\n' : '';
    const { description } = judged;
    return Promise.resolve({
      data: {
        valid: true,
        description,
        expression: due,
        zone: zoneId,
        next: times.map((time) => new Date(time).toISOString()),
      },
      text: `${description}\n${due === expression ? '' : `${due}\n`}\n${shown.map((time) => `${time}\n`).join('')}${never}`,
    });
  },
};
