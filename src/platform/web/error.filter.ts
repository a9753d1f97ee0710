import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import { TooManyAttemptsError } from '../access/index.js';
import { Clock } from '../clock/index.js';
import { OverloadedError, codeOf } from '../errors/index.js';
import { HEADER } from '../request-context/index.js';
import { noteCause } from './cause.js';
import { type ErrorBody, renderError } from './error-body.js';
import type { WebRequest } from './web-request.js';

export interface WebReply {
  status(code: number): WebReply;
  header(name: string, value: string): WebReply;
  send(body: unknown): unknown;
}

const NEST_LEVEL = { debug: 'debug', info: 'log', warn: 'warn', error: 'error' } as const;

/** Seconds; of errors that pass by themselves. */
function retryAfterOf(error: unknown): number | undefined {
  return error instanceof OverloadedError || error instanceof TooManyAttemptsError
    ? error.retryAfterSeconds
    : undefined;
}

/** The one place where an error becomes an answer. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  private readonly log = new Logger('Web');

  constructor(private readonly clock: Clock) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<WebRequest>();
    const reply = http.getResponse<WebReply>();
    const { status, level, body } = renderError(error, this.clock.now());
    noteCause(request, codeOf(error));
    this.log[NEST_LEVEL[level]]({
      message: `${request.method} ${request.url.split('?')[0]} answered ${status}: ${body.message}`,
      requestId: request.headers[HEADER.requestId],
      ...(status >= 500 && { err: error }),
    });
    const pause = retryAfterOf(error);
    if (pause !== undefined) reply.header('retry-after', String(pause));
    reply.status(status).send(this.shown(body, reply));
  }

  /** What is sent; pages show their errors as pages. */
  protected shown(body: ErrorBody, _reply: WebReply): unknown {
    return body;
  }
}
