import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Access, enforce } from './platform/access/index.js';

const PAGES = /^\/+docs(-json|-yaml)?(\/|\?|$)/;

/**
 * The HTTP interface as OpenAPI: pages at `/docs`, the document at `/docs-json`; made at the first request. They are no
 * controllers, so they are guarded here.
 */
export function serveApiDocs(app: NestFastifyApplication): void {
  const access = app.get(Access);
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    try {
      if (PAGES.test(request.url)) enforce(access, { kind: 'scope', scope: 'read' }, request, reply);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  const about = new DocumentBuilder().setTitle('Echo').setDescription('Events in, pipelines and notifications out.');
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, about.build()), {
    jsonDocumentUrl: 'docs-json',
  });
}
