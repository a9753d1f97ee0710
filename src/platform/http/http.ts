import type { SecureContext } from 'node:tls';
import { EchoError } from '../errors/index.js';

/** One outgoing call. Every call has a deadline; the transport's default holds where none is given. */
export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute, http or https. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The exact text to send, as UTF-8. */
  readonly body?: string;
  /** Milliseconds from the call to the last byte of the answer, waiting for a free connection included. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
  /** Trusts whatever certificate the peer shows, for whatever host. Only where an operator says so of one address. */
  readonly insecure?: boolean;
  /**
   * Asked when the call is about to be written to a connection, after whatever it had to wait for. Where it says no,
   * nothing is sent and the call rejects as `unsent`, with the code `withdrawn`.
   */
  readonly mayGoOut?: () => boolean;
  /** Shows and trusts this instead of what the configuration says for all calls; keep it for the calls that share it. */
  readonly secureContext?: SecureContext;
  /** The address came from a user: it may not lead to an internal one (`platform.http.allowedNetworks`). */
  readonly publicOnly?: boolean;
}

/** An answer of any status: a status is not an error here, the client that knows the peer decides. */
export interface HttpAnswer {
  readonly status: number;
  /** Under lower-case names; a repeated header is one text, joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How far a call without an answer got: `unsent` surely did nothing at the peer, `ambiguous` may have. */
export type Reach = 'unsent' | 'ambiguous';

/** No answer came: refused, reset, timed out, aborted. Always retryable. */
export class NoAnswerError extends EchoError {
  constructor(
    message: string,
    readonly reach: Reach,
    code: string,
    cause?: unknown,
  ) {
    super(message, { code, status: 502, retryable: true, level: 'warn', cause });
  }
}

/** The call itself cannot be made: its URL is not absolute, or a header has a character that HTTP does not allow. */
export class UnsendableCallError extends EchoError {
  constructor(message: string, cause?: unknown) {
    super(message, { code: 'unsendable-call', status: 502, level: 'warn', cause });
  }
}

/** The peer answered, but not with what was asked for. 400 and 404 are final; all else can be tried again. */
export class BadAnswerError extends EchoError {
  constructor(
    message: string,
    readonly answer: HttpAnswer,
  ) {
    super(message, {
      code: `http-${answer.status}`,
      status: 502,
      retryable: answer.status !== 400 && answer.status !== 404,
      level: 'warn',
    });
  }

  /** Seconds after which the peer wants to be asked again (`Retry-After` in seconds), where it said so. */
  get retryAfterSeconds(): number | undefined {
    const seconds = Number(this.answer.headers['retry-after']);
    return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
  }
}

/** The peer answered with success and something that cannot be used: no JSON, or JSON of another shape. Final. */
export class UnusableAnswerError extends EchoError {
  constructor(message: string) {
    super(message, { code: 'unusable-answer', status: 502, level: 'warn' });
  }
}

/** The pool under every outgoing call: keep-alive, bounded per destination, deadline, TLS. */
export abstract class HttpTransport {
  /**
   * Makes the call once: no redirect is followed, nothing is sent a second time. Resolves with the answer whatever its
   * status; rejects with `NoAnswerError`, or with `UnsendableCallError` where the call is at fault.
   */
  abstract send(call: HttpCall): Promise<HttpAnswer>;
}
