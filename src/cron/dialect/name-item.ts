import { CronFault } from './cron-fault.js';
import type { Field } from './field.js';
import type { FieldDraft } from './field-draft.js';
import { threeFrom } from './java-text.js';
import { readNth } from './nth.js';

/**
 * An item that begins with a letter: the name of a month or weekday, alone, as a range of names, or (weekdays) with `#n`
 * or `L`. Three letters count, and whatever else follows is ignored, a step included.
 */
export function readNameItem(item: string, draft: FieldDraft): void {
  const from = valueOf(item, 0, draft.field);
  const isWeekday = draft.field.kind === 'day-of-week';
  const next = item[3];
  if (next === '-') {
    draft.addValues({ from, to: valueOf(item, 4, draft.field), step: 1 });
    return;
  }
  if (isWeekday && next === '#') draft.nthOfWeekday = readNth(item, 4);
  if (isWeekday && next === 'L') draft.lastOfWeekday = true;
  draft.addValues({ from, step: 0 });
}

function valueOf(item: string, start: number, { names }: Field): number {
  const name = threeFrom(item, start);
  if (names === undefined) throw new CronFault(`Illegal characters for this position: '${name}'`, start);
  const index = names.known.indexOf(name);
  if (index < 0) throw new CronFault(`Invalid ${names.of} value: '${name}'`, start);
  return index + 1;
}
