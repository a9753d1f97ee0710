import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type LoadedConfiguration, serverConfig } from './config/index.js';
import { extensionConfig, loadExtensions } from './platform/extension/index.js';
import { EchoLogger } from './platform/logging/index.js';
import { serveApiDocs } from './api-docs.js';
import { httpAdapter, prepareHttpServer } from './platform/web/index.js';

/** Builds the service from its configuration and listens. Rejects when it cannot come up; then nothing is left open. */
export async function bootstrap(configuration: LoadedConfiguration): Promise<NestFastifyApplication> {
  const { profile, settings, warnings, notices } = configuration;
  const extensions = await loadExtensions(settings.get(extensionConfig.extensions), process.cwd());
  const adapter = httpAdapter({ maxBodySize: settings.get(serverConfig.maxBodySize) });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ profile, settings, extensions }),
    adapter,
    {
      logger: new EchoLogger(settings.get(serverConfig.logLevel)),
      abortOnError: false,
      bodyParser: false,
    },
  );
  const log = new Logger('Boot');
  for (const notice of notices) log.log(notice);
  for (const warning of warnings) log.warn(warning);
  prepareHttpServer(app);
  serveApiDocs(app);
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.listen(settings.get(serverConfig.port), settings.get(serverConfig.address));
  log.log(`Echo runs as '${profile}' at ${await app.getUrl()}`);
  return app;
}
