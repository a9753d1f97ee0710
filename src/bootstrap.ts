import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type LoadedConfiguration, serverConfig } from './config/index.js';
import { EchoError, messageOf } from './platform/errors/index.js';
import { type InstalledExtensions, extensionConfig, loadExtensions } from './platform/extension/index.js';
import { EchoLogger } from './platform/logging/index.js';
import { lifecycleConfig } from './platform/lifecycle/index.js';
import type { Settings } from './platform/settings/index.js';
import { serverTlsOptions } from './platform/tls/index.js';
import { serveApiDocs } from './api-docs.js';
import { httpAdapter, prepareHttpServer } from './platform/web/index.js';

/** Builds the service from its configuration and listens. Rejects when it cannot come up; then nothing is left open. */
export async function bootstrap(configuration: LoadedConfiguration): Promise<NestFastifyApplication> {
  const extensions = await loadExtensions(configuration.settings.get(extensionConfig.extensions), process.cwd());
  const app = await serve(configuration, extensions);
  endInTime(configuration.settings.get(lifecycleConfig.timeoutMs));
  return app;
}

/** What hangs so long after a signal is left as it is: in SQL mode another instance goes on with it. */
function endInTime(timeoutMs: number): void {
  const giveUp = (): void => {
    new Logger('Shutdown').error(
      `Echo did not stop within ${timeoutMs} ms (${lifecycleConfig.timeoutMs.key}): it ends now.`,
    );
    process.exit(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => setTimeout(giveUp, timeoutMs).unref());
}

/** The same with extensions that are loaded already. */
export async function serve(
  configuration: LoadedConfiguration,
  extensions: InstalledExtensions,
): Promise<NestFastifyApplication> {
  const { profile, settings, warnings, notices } = configuration;
  const adapter = httpAdapter({ maxBodySize: settings.get(serverConfig.maxBodySize), tls: serverTlsOptions(settings) });
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
  prepareHttpServer(app, '/console');
  serveApiDocs(app);
  app.enableShutdownHooks([], { useProcessExit: true });
  await listen(app, settings);
  log.log(`Echo runs as '${profile}' at ${await app.getUrl()}`);
  return app;
}

/** Jobs begin before the port is bound: where it cannot be, they are stopped again. */
async function listen(app: NestFastifyApplication, settings: Settings): Promise<void> {
  const [port, address] = [settings.get(serverConfig.port), settings.get(serverConfig.address)];
  try {
    await app.listen(port, address);
  } catch (error) {
    await app.close().catch((fault: unknown) => new Logger('Boot').error(`Could not close: ${messageOf(fault)}`));
    if ((error as NodeJS.ErrnoException).syscall !== 'listen') throw error;
    const message = `server.port: Echo cannot listen on ${address}:${port}: ${messageOf(error)}`;
    throw new EchoError(message, { code: 'cannot-listen', cause: error });
  }
}
