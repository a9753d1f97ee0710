import { InvalidRequestError } from '../errors/index.js';

/** A pattern that cannot be used; the message says why in words for its author. */
export class PatternFault extends InvalidRequestError {
  constructor(message: string) {
    super(message, 'invalid-pattern');
  }
}
