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

/** What the HTTP server finds by itself, in words for whoever sent the request; its own would repeat the path. */
const SERVER_FAULTS: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not a valid one: a percent escape in it is broken.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than server.maxBodySize allows.',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The content type cannot be read.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is too long.',
};

/** The HTTP server's own errors carry a status and a code that starts with FST. */
function serverFault(error: unknown): Seen | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode !== 'number' || typeof code !== 'string') return undefined;
  const message = SERVER_FAULTS[code] ?? (statusCode < 500 ? messageOf(error) : INTERNAL);
  return { status: statusCode, message };
}

/** Nest wraps what the HTTP server finds; the server's error is the cause. */
function frameworkFault(error: HttpException): Seen {
  const status = error.getStatus();
  return serverFault(error.cause) ?? { status, message: status === 404 ? 'No message available' : messageOf(error) };
}

function seen(error: unknown): Seen {
  if (error instanceof EchoError) return { status: error.status, message: messageOf(error), level: error.level };
  if (error instanceof HttpException) return frameworkFault(error);
  return serverFault(error) ?? { status: 500, message: INTERNAL };
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
