import type { Socket } from 'node:net';
import { SystemClock } from '../clock/index.js';
import { EchoError, InvalidRequestError } from '../errors/index.js';
import { renderError } from './error-body.js';

/** As much of the server's reply as a refusal needs. */
export interface RefusingReply {
  code(status: number): RefusingReply;
  headers(headers: Readonly<Record<string, string>>): RefusingReply;
  send(body: unknown): unknown;
}

const clock = new SystemClock();

function connectionFault(code: string | undefined): EchoError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new EchoError('The headers are too large.', { code: 'headers-too-large', status: 431 });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new EchoError('The request did not arrive in time.', { code: 'request-timeout', status: 408 });
    default:
      return new InvalidRequestError('The request is not valid HTTP.', 'invalid-http');
  }
}

/** Answers what the HTTP parser cannot read, in the shape of all other errors, and ends the connection. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, body } = renderError(connectionFault(error.code), clock.now());
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 ${status} ${body.error}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8`;
  if (socket.writable) socket.write(`${head}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  socket.destroy(error);
}

/** Answers a request whose path the router cannot read: neither hooks nor the error filter ever see it. */
export function refuseRequest(error: unknown, reply: RefusingReply, headers: Readonly<Record<string, string>>): void {
  const { status, body } = renderError(error, clock.now());
  reply.code(status).headers(headers).send(body);
}
