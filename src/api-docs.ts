import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The HTTP interface as OpenAPI: pages at `/docs`, the document at `/docs-json`; made at the first request. */
export function serveApiDocs(app: NestFastifyApplication): void {
  const about = new DocumentBuilder().setTitle('Echo').setDescription('Events in, pipelines and notifications out.');
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, about.build()), {
    jsonDocumentUrl: 'docs-json',
  });
}
