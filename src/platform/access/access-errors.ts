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

/** Too many wrong tokens: 429. */
export class TooManyAttemptsError extends EchoError {
  constructor(readonly retryAfterSeconds: number) {
    super('Too many wrong tokens came from this address: wait a minute.', {
      code: 'too-many-attempts',
      status: 429,
      level: 'warn',
    });
  }
}
