/** Why an expression has no value. It never leaves this room: there it becomes the reason of a text that was kept. */
export class ExpressionFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** A piece of the author's text for a message, cut to a length that a log line bears. */
export function quoted(text: string): string {
  return text.length > 80 ? `'${text.slice(0, 77)}...'` : `'${text}'`;
}
