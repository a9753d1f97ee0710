import { InvalidRequestError } from '../errors/index.js';

/** A text is not JSON, or nested too deeply. The message says where and what would be right. */
export class InvalidJsonError extends InvalidRequestError {
  /** Counted from 1, in characters. */
  constructor(
    what: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`Invalid JSON at line ${line}, column ${column}: ${what}.`, 'invalid-json');
  }
}
