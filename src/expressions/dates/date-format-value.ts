import { Transient } from '../values/value.js';

/** What `new java.text.SimpleDateFormat('…')` gives. */
export class DateFormat extends Transient {
  readonly what = 'a date format';

  constructor(readonly pattern: string) {
    super();
  }
}
