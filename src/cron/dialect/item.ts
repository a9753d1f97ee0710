import { CronFault } from './cron-fault.js';
import { EVERY, type FieldDraft, UNSPECIFIED } from './field-draft.js';
import { charAt, digitsEnd, isDigit, isLetter, requireInt } from './java-text.js';
import { readNameItem } from './name-item.js';
import { readNumberItem } from './number-item.js';
import { checkStep } from './step.js';

/** The forms that begin with L and are no name. */
const LAST = /^(?:L|LW|L-[0-9]*W?)$/;
const MOST_DAYS_BACK = 30;

/**
 * Reads one of the comma-separated items of a field, upper case and not empty, into the draft. What follows a complete
 * item is often ignored: that is how Quartz reads, and stored pipelines rely on it.
 *
 * @param daysOfMonth the draft of the day of month, which a `?` in the day of week has to look at
 */
export function readItem(item: string, draft: FieldDraft, daysOfMonth: FieldDraft): void {
  const first = charAt(item, 0);
  if (isLetter(first) && !LAST.test(item)) readNameItem(item, draft);
  else if (first === 'L') readLast(item, draft);
  else if (first === '?') readUnspecified(item, draft, daysOfMonth);
  else if (first === '*' || first === '/') readWildcard(item, draft);
  else if (isDigit(first)) readNumberItem(item, draft);
  else throw new CronFault(`Unexpected character: ${first}`, 0);
}

function readUnspecified(item: string, draft: FieldDraft, daysOfMonth: FieldDraft): void {
  const { kind } = draft.field;
  if (item.length > 2) throw new CronFault(`Illegal character after '?': ${charAt(item, 1)}`, 1);
  if (kind !== 'day-of-week' && kind !== 'day-of-month') {
    throw new CronFault("'?' can only be specified for Day-of-Month or Day-of-Week.", 1);
  }
  if (kind === 'day-of-week' && daysOfMonth.endsUnspecified()) {
    throw new CronFault("'?' can only be specified for Day-of-Month -OR- Day-of-Week.", 1);
  }
  draft.add(UNSPECIFIED);
}

function readWildcard(item: string, draft: FieldDraft): void {
  const slash = item.startsWith('*') ? 1 : 0;
  if (item === '*') draft.addValues({ from: EVERY, step: 0 });
  else if (item === '/') throw new CronFault("'/' must be followed by an integer.", 0);
  else if (item[slash] === '/') draft.addValues({ from: EVERY, step: wildcardStep(item, slash + 1, draft) });
  else draft.addValues({ from: EVERY, step: 1 });
}

function wildcardStep(item: string, start: number, draft: FieldDraft): number {
  if (start >= item.length) throw new CronFault('Unexpected end of string.', start);
  const step = requireInt(item.slice(start));
  checkStep(step, draft.field, start + (step > 10 ? 2 : 1));
  return step;
}

/** In the day of week a lone `L` is Saturday; in fields that know no last value it stands for nothing at all. */
function readLast(item: string, draft: FieldDraft): void {
  if (draft.field.kind === 'day-of-week') draft.add(draft.field.max);
  if (draft.field.kind !== 'day-of-month') return;
  draft.lastDayBack = item[1] === '-' ? daysBack(item) : 0;
  draft.nearestWeekday ||= item.endsWith('W');
}

function daysBack(item: string): number {
  charAt(item, 2);
  const days = requireInt(`0${item.slice(2, digitsEnd(item, 2))}`);
  if (days > MOST_DAYS_BACK) throw new CronFault('Offset from last day must be <= 30', 2);
  return days;
}
