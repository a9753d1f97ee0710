/** Why an expression is refused. It never leaves this room: there it becomes an invalid outcome. */
export class CronFault extends Error {
  constructor(
    message: string,
    /** Where in its item or in the expression, or -1, as Quartz counts it. */
    readonly offset: number,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** Quartz lets the exceptions of Java's own classes out under one heading, and people know these messages. */
export function javaFault(exception: string, detail?: string): CronFault {
  const text = detail === undefined ? exception : `${exception}: ${detail}`;
  return new CronFault(`Illegal cron expression format (${text})`, 0);
}
