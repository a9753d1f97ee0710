/** How loudly an error is logged where nobody handles it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface EchoErrorOptions {
  /** A stable name in kebab-case: the value of the metric tag `exception`, and what to search the docs for. */
  readonly code: string;
  /** The HTTP status a caller gets. */
  readonly status?: number;
  /** Whether the same try can succeed later. */
  readonly retryable?: boolean;
  readonly level?: LogLevel;
  readonly cause?: unknown;
}

/** The base of every error that Echo raises on purpose. `message` is written for the person who can mend it. */
export class EchoError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly level: LogLevel;

  constructor(message: string, options: EchoErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.status = options.status ?? 500;
    this.retryable = options.retryable ?? false;
    this.level = options.level ?? (this.status >= 500 ? 'error' : 'info');
  }
}

/** What the caller sent cannot be used: 400. */
export class InvalidRequestError extends EchoError {
  constructor(message: string, code = 'invalid-request', cause?: unknown) {
    super(message, { code, status: 400, cause });
  }
}

/** The thing asked for does not exist: 404. */
export class NotFoundError extends EchoError {
  constructor(message: string, code = 'not-found') {
    super(message, { code, status: 404 });
  }
}

/** Echo cannot take more right now: 503, with the seconds after which to try again. */
export class OverloadedError extends EchoError {
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message, { code: 'overloaded', status: 503, retryable: true, level: 'warn' });
  }
}
