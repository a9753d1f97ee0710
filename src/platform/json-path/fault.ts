import { EchoError, InvalidRequestError } from '../errors/index.js';

/** A text is not a path. Never leaves this room: `compilePath` answers with its message. */
export class PathSyntaxError extends InvalidRequestError {
  constructor(message: string) {
    super(message, 'invalid-json-path');
  }
}

/** An evaluation cannot go on. Never leaves this room: `evaluate` answers with its message. */
export class EvaluationFault extends EchoError {
  /** @param mendable a filter takes the fault for "does not hold"; any other fault ends the whole evaluation */
  constructor(
    message: string,
    readonly mendable: boolean,
  ) {
    super(message, { code: 'json-path-fault', level: 'debug' });
  }
}

/** Something is used where it makes no sense, such as `in` without a list. */
export const unfit = (message: string): EvaluationFault => new EvaluationFault(message, true);

/** A function cannot answer, or the work is too much. */
export const fatal = (message: string): EvaluationFault => new EvaluationFault(message, false);
