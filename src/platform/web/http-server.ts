import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { EchoError } from '../errors/index.js';
import { type Route, methodsAt } from './routes.js';

export interface HttpServerOptions {
  /** Bytes; a larger body is answered 413. */
  readonly maxBodySize: number;
}

/** On every answer, as the original sends them (edges.md §2.3). */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS, DELETE',
  'access-control-max-age': '3600',
  'access-control-allow-headers': 'x-requested-with,Content-Type',
};

const methodNotAllowed = (method: string, allowed: readonly string[]): EchoError =>
  new EchoError(`${method} is not possible here: use ${allowed.join(' or ')}.`, {
    code: 'method-not-allowed',
    status: 405,
    level: 'debug',
  });

export function httpAdapter(options: HttpServerOptions): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: options.maxBodySize,
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
  });
}

/**
 * Prepares the server before the routes are made: bodies stay the bytes that were sent (signatures are computed over
 * them, and a webhook may have any content type), every answer has the CORS headers, `OPTIONS` is always answered, and
 * a known path with another method is 405.
 */
export function prepareHttpServer(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  const routes: Route[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) routes.push({ method: name, url });
  });
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers(CORS);
    if (request.method === 'OPTIONS') return void reply.code(200).send('');
    if (!request.is404) return done();
    const allowed = methodsAt(routes, request.url);
    done(allowed.length > 0 ? methodNotAllowed(request.method, allowed) : undefined);
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}
