/** The proleptic Gregorian calendar in whole days since 1970-01-01: no Date, since this runs for every step of a search. */

export const SECONDS_PER_DAY = 86_400;

const DAYS_PER_ERA = 146_097;
const YEARS_PER_ERA = 400;
/** From 0000-03-01, where the years of the arithmetic below begin so that the leap day comes last. */
const DAYS_TO_EPOCH = 719_468;

/** The number of a day; `day` may lie outside of the month, and `month` may be 13, the next January. */
export function dayNumber(year: number, month: number, day: number): number {
  const beginsInMarch = month > 2 ? year : year - 1;
  const era = Math.floor(beginsInMarch / YEARS_PER_ERA);
  const yearOfEra = beginsInMarch - era * YEARS_PER_ERA;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
}

export interface CivilDate {
  year: number;
  month: number;
  day: number;
}

/** Writes the date of a day number into `into`. */
export function readDate(dayNumber: number, into: CivilDate): void {
  const shifted = dayNumber + DAYS_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_ERA);
  const dayOfEra = shifted - era * DAYS_PER_ERA;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  into.day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  into.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  into.year = yearOfEra + era * YEARS_PER_ERA + (into.month <= 2 ? 1 : 0);
}

export function daysInMonth(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}

/** Sunday is 1, Saturday is 7. */
export function weekdayOf(dayNumber: number): number {
  const sinceSunday = (dayNumber + 4) % 7;
  return sinceSunday < 0 ? sinceSunday + 8 : sinceSunday + 1;
}
