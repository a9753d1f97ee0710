import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { EchoError, type LogLevel, messageOf } from '../errors/index.js';

/** What an error looks like to a caller (edges.md §2.2, decisions.md 8): one shape for all, `message` always one text. */
export interface ErrorBody {
  readonly timestamp: string;
  readonly status: number;
  readonly error: string;
  readonly message: string;
}

/** An error with everything that rendering and logging it needs. */
export interface RenderedError {
  readonly status: number;
  readonly level: LogLevel;
  readonly body: ErrorBody;
}

const INTERNAL = 'Echo could not handle the request. The log has the reason under the request id.';

interface Seen {
  readonly status: number;
  readonly message: string;
  readonly level?: LogLevel;
}

/** The HTTP server's own errors carry a status and a code that starts with FST. */
function serverFault(error: unknown): Seen | undefined {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode !== 'number' || typeof code !== 'string') return undefined;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return { status: 413, message: 'The body is larger than server.maxBodySize allows.' };
  }
  return { status: statusCode, message: statusCode < 500 ? messageOf(error) : INTERNAL };
}

function seen(error: unknown): Seen {
  if (error instanceof EchoError) return { status: error.status, message: messageOf(error), level: error.level };
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return { status, message: status === 404 ? 'No message available' : messageOf(error) };
  }
  if (typeof error === 'object' && error !== null) {
    const fault = serverFault(error);
    if (fault) return fault;
  }
  return { status: 500, message: INTERNAL };
}

/** @param now milliseconds since the epoch */
export function renderError(error: unknown, now: number): RenderedError {
  const { status, message, level } = seen(error);
  const timestamp = new Date(now).toISOString().replace('Z', '+00:00');
  return {
    status,
    level: level ?? (status >= 500 ? 'error' : 'debug'),
    body: { timestamp, status, error: STATUS_CODES[status] ?? 'Error', message },
  };
}
