import { CronFault } from './cron-fault.js';
import { readInt } from './java-text.js';

/** The number that follows `#`, from `start` to the end of the item. */
export function readNth(item: string, start: number): number {
  const nth = readInt(item.slice(start));
  if (nth === undefined || nth < 1 || nth > 5) {
    throw new CronFault("A numeric value between 1 and 5 must follow the '#' option", start);
  }
  return nth;
}
