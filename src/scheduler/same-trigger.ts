import { isDeepStrictEqual } from 'node:util';
import type { CronTrigger } from '../slots/index.js';

/** Whether two triggers are due at the same times. */
export const sameSchedule = (a: CronTrigger, b: CronTrigger): boolean =>
  a.expression === b.expression && a.timeZone === b.timeZone;

export const sameTrigger = (a: CronTrigger, b: CronTrigger): boolean => a === b || isDeepStrictEqual(a, b);
