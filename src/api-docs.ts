import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { stringify } from 'yaml';
import { Access, enforce } from './platform/access/index.js';
import { loadSwagger } from './platform/api/index.js';

const SWAGGER_UI = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')));

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Echo: HTTP interface</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/begin.js"></script>
  </body>
</html>
`;
const BEGIN = `SwaggerUIBundle({ url: '/docs-json', dom_id: '#ui' });\n`;

async function describe(app: NestFastifyApplication): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await loadSwagger();
  const about = new DocumentBuilder().setTitle('Echo').setDescription('Events in, pipelines and notifications out.');
  return SwaggerModule.createDocument(app, about.build());
}

/**
 * The HTTP interface as OpenAPI: pages at `/docs`, the document at `/docs-json` and `/docs-yaml`, made at the first
 * request. They are no controllers, so they are guarded here.
 */
export function serveApiDocs(app: NestFastifyApplication): void {
  const access = app.get(Access);
  let made: Promise<OpenAPIObject> | undefined;
  const document = (): Promise<OpenAPIObject> => (made ??= describe(app));
  const adapter = app.getHttpAdapter();
  void adapter.getInstance().register(async (server) => {
    server.addHook('onRequest', (request, reply, done) => {
      enforce(access, { kind: 'scope', scope: 'read' }, request, reply);
      done();
    });
    server.get('/docs', (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
    server.get('/docs/begin.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(BEGIN));
    server.get('/docs-json', async () => document());
    server.get('/docs-yaml', async (_request, reply) => {
      const text = stringify(await document());
      return reply.type('text/yaml; charset=utf-8').send(text);
    });
    await server.register(fastifyStatic, { root: SWAGGER_UI, prefix: '/docs/', decorateReply: false, index: false });
  });
}
