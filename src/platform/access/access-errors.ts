import { EchoError } from '../errors/index.js';
import type { Scope } from './scope.js';

/** Nobody knows who the caller is: 401. */
export class UnknownCallerError extends EchoError {
  constructor(message: string) {
    super(message, { code: 'token-required', status: 401, level: 'info' });
  }
}

/** The caller is known, and may not do this: 403. */
export class ForbiddenError extends EchoError {
  constructor(name: string, scope: Scope) {
    super(`The token '${name}' has not the scope ${scope}.`, { code: 'scope-missing', status: 403, level: 'warn' });
  }
}

/** Too much came from one address: 429, with the seconds after which to try again. */
export class TooManyAttemptsError extends EchoError {
  private constructor(
    message: string,
    code: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message, { code, status: 429, level: 'warn' });
  }

  static ofTokens(retryAfterSeconds: number): TooManyAttemptsError {
    const message = 'Too many wrong tokens came from this address: wait a minute.';
    return new TooManyAttemptsError(message, 'too-many-attempts', retryAfterSeconds);
  }

  static ofRequests(perSecond: number): TooManyAttemptsError {
    const message = `More than ${perSecond} requests a second came from this address (security.ingress.requestsPerSecond).`;
    return new TooManyAttemptsError(message, 'too-many-requests', 1);
  }
}
