import { CronFault } from './cron-fault.js';
import type { Field } from './field.js';

/** The message names the size of the field, although the largest step that passes is its largest value. */
export function checkStep(step: number, field: Field, offset: number): void {
  if (field.kind === 'year') return;
  if (step > field.max) throw new CronFault(`Increment > ${field.size} : ${step}`, offset);
}
