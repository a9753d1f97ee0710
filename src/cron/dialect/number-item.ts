import { CronFault } from './cron-fault.js';
import type { FieldDraft } from './field-draft.js';
import { charAt, digitsEnd, requireInt } from './java-text.js';
import { readNth } from './nth.js';
import { checkStep } from './step.js';

/** An item that begins with a digit: a number, alone or with a range, a step, `L`, `W` or `#n` behind it. */
export function readNumberItem(item: string, draft: FieldDraft): void {
  const end = digitsEnd(item, 0);
  const value = requireInt(item.slice(0, end));
  switch (item[end]) {
    case 'L':
      return readLastOfWeekday(value, end, draft);
    case 'W':
      return readNearestWeekday(value, end, draft);
    case '#':
      requireKind(draft, 'day-of-week', '#', end);
      draft.nthOfWeekday = readNth(item, end + 1);
      return draft.add(value);
    case '-':
      return readRange(item, value, end + 1, draft);
    case '/':
      return draft.addValues({ from: value, step: readStep(item, end, draft) });
    default:
      return draft.addValues({ from: value, step: 0 });
  }
}

function readLastOfWeekday(weekday: number, offset: number, draft: FieldDraft): void {
  requireKind(draft, 'day-of-week', 'L', offset);
  if (weekday < 1 || weekday > 7) throw new CronFault(draft.field.bounds, -1);
  draft.lastOfWeekday = true;
  draft.add(weekday);
}

function readNearestWeekday(day: number, offset: number, draft: FieldDraft): void {
  requireKind(draft, 'day-of-month', 'W', offset);
  if (day > 31) {
    const text = "The 'W' option does not make sense with values larger than 31 (max number of days in a month)";
    throw new CronFault(text, offset);
  }
  draft.nearestWeekday = true;
  draft.add(day);
}

function requireKind(draft: FieldDraft, kind: string, option: string, offset: number): void {
  if (draft.field.kind !== kind) throw new CronFault(`'${option}' option is not valid here. (pos=${offset})`, offset);
}

/** From the number behind `-` on. A step behind the range is not compared with the largest that `a/n` may have. */
function readRange(item: string, from: number, start: number, draft: FieldDraft): void {
  const end = numberEnd(item, start);
  const to = requireInt(item.slice(start, end));
  if (item[end] !== '/') return draft.addValues({ from, to, step: 1 });
  const step = requireInt(item.slice(end + 1, numberEnd(item, end + 1)));
  draft.addValues({ from, to, step });
}

function readStep(item: string, slash: number, draft: FieldDraft): number {
  const start = slash + 1;
  if (start >= item.length) throw new CronFault("'/' must be followed by an integer.", slash);
  const end = numberEnd(item, start);
  const step = requireInt(item.slice(start, end));
  if (end < item.length && end === start + 1) {
    throw new CronFault(`Unexpected character '${charAt(item, end)}' after '/'`, end);
  }
  checkStep(step, draft.field, start + 1);
  return step;
}

/** A number takes at least one character, so that what is no digit is named in the message about it. */
function numberEnd(item: string, start: number): number {
  charAt(item, start);
  return Math.max(start + 1, digitsEnd(item, start));
}
