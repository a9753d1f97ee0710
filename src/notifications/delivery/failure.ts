import { EchoError, messageOf } from '../../platform/errors/index.js';
import {
  type HttpAnswer,
  type HttpCall,
  NoAnswerError,
  UnsendableCallError,
  reasonOf,
} from '../../platform/http/index.js';
import { isJsonObject, parseJson } from '../../platform/json/index.js';

/** What is known of a refusal besides its words. */
export interface Refusal {
  /** The HTTP status for whoever waits; 500 where none is given. */
  readonly status?: number;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  /** The whole answer. */
  readonly body?: string;
}

/** A provider did not take a message; the words are the provider's. */
export class DeliveryError extends EchoError {
  constructor(
    message: string,
    readonly failure: Refusal = {},
  ) {
    const { status = 500, retryable = false } = failure;
    super(message, { code: 'delivery', status, retryable, level: 'warn' });
  }
}

/** Statuses after which the same message may be taken later. */
const PASSING = new Set([408, 425, 429]);

/** What the provider says for itself, where it answers with JSON and a `message`. */
function spokenBy({ status, body }: HttpAnswer): string {
  try {
    const parsed = parseJson(body);
    const message = isJsonObject(parsed) ? parsed['message'] : undefined;
    if (typeof message === 'string') return message;
  } catch {
    // No JSON: the status has to do.
  }
  return reasonOf(status);
}

function retryAfter({ headers }: HttpAnswer): { retryAfterMs?: number } {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
}

/** A provider's answer that is no success: its status is the caller's, in the original's words (notifications.md §3.4). */
export function refusal({ method, url }: Pick<HttpCall, 'method' | 'url'>, answer: HttpAnswer): DeliveryError {
  const { status } = answer;
  const message = `Status: ${status}, Method: ${method}, URL: ${url}, Message: ${spokenBy(answer)}`;
  return new DeliveryError(message, {
    status,
    retryable: PASSING.has(status) || status >= 500,
    body: answer.body,
    ...retryAfter(answer),
  });
}

/** What a failed attempt means for whoever waits, and for the next one. */
export interface Failure {
  /** The HTTP status of the answer to a direct notification. */
  readonly status: number;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

export function failureOf(error: unknown): Failure {
  const message = messageOf(error);
  if (error instanceof DeliveryError) {
    const { retryAfterMs } = error.failure;
    return {
      status: error.status,
      message,
      retryable: error.retryable,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (!(error instanceof EchoError)) return { status: 500, message, retryable: false };
  return { status: statusOf(error), message, retryable: error.retryable };
}

/** An address that cannot be called is the caller's fault, a provider that does not answer nobody's. */
function statusOf(error: EchoError): number {
  if (error instanceof UnsendableCallError) return 400;
  return error instanceof NoAnswerError ? 500 : error.status;
}
