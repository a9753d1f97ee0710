import type { TlsOptions } from 'node:tls';
import { Logger } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EchoError, messageOf } from '../errors/index.js';
import { CORS, isOriginal, safetyHeaders } from './answer-headers.js';
import { type RefusingReply, refuseConnection, refuseRequest } from './refusals.js';
import { type Route, methodsAt } from './routes.js';
import { type WebRequest, queryOf } from './web-request.js';

export interface HttpServerOptions {
  /** Bytes; a larger body is answered 413. */
  readonly maxBodySize: number;
  /** `undefined` serves plain HTTP. */
  readonly tls?: TlsOptions | undefined;
}

const methodNotAllowed = (method: string, allowed: readonly string[]): EchoError =>
  new EchoError(`${method} is not possible here: use ${allowed.join(' or ')}.`, {
    code: 'method-not-allowed',
    status: 405,
    level: 'debug',
  });

type Asked = Pick<WebRequest, 'method' | 'url' | 'headers'>;

/** A person at the address of the service; all others that GET `/` are answered 405, as ever. */
const isBrowserAtRoot = ({ method, url, headers }: Asked): boolean =>
  method === 'GET' && url.split('?', 1)[0] === '/' && String(headers['accept']).includes('text/html');

export function httpAdapter({ maxBodySize, tls }: HttpServerOptions): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: maxBodySize,
    ...(tls && { https: tls }),
    forceCloseConnections: 'idle',
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 2048,
      querystringParser: queryOf,
    },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error: unknown, _request: unknown, reply: unknown) =>
      refuseRequest(error, reply as RefusingReply, { ...CORS, ...safetyHeaders('', tls !== undefined) }),
  });
}

/**
 * Prepares the server before the routes are made: bodies stay the bytes that were sent (signatures are computed over
 * them, and a webhook may have any content type), answers have the headers that browsers need, a known path answers
 * `OPTIONS`, and any other method that it has not with 405.
 *
 * @param home where a browser that asks for `/` is sent
 */
export function prepareHttpServer(app: NestFastifyApplication, home?: string): void {
  const server = app.getHttpAdapter().getInstance();
  server.server.on('tlsClientError', (error: Error) => {
    new Logger('Web').debug(`A caller's TLS connection failed: ${messageOf(error)}`);
  });
  const routes: Route[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) routes.push({ method: name, url });
  });
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(safetyHeaders(request.url, 'encrypted' in request.socket));
    if (isOriginal(request.url)) reply.headers(CORS);
    if (!request.is404) return done();
    if (home && isBrowserAtRoot(request)) return void reply.redirect(home);
    const allowed = methodsAt(routes, request.url);
    if (allowed.length === 0) {
      // Unknown paths answer as the original does; ours are nobody else's business.
      reply.headers(CORS);
      return done();
    }
    if (request.method === 'OPTIONS') return void reply.code(200).send('');
    reply.header('allow', allowed.join(', '));
    done(methodNotAllowed(request.method, allowed));
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
