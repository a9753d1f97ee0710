import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type Environment, openConfiguration, serverConfig } from '../../config/index.js';
import { CoreModule } from '../../core.module.js';
import { DryRun, PipelineTriggersModule } from '../../pipeline-triggers/index.js';
import { extensionConfig, loadExtensions } from '../../platform/extension/index.js';
import { httpAdapter } from '../../platform/web/index.js';

/** Nobody is asked: a test is about the pipelines, and gives the same answer everywhere. */
const ALONE = { SQL_ENABLED: 'false', IGOR_ENABLED: 'false', SERVICES_FIAT_ENABLED: 'false' };

@Module({})
class QuietModule {
  static of(imports: (DynamicModule | Type)[]): DynamicModule {
    return { module: QuietModule, imports };
  }
}

/** The rules of Echo, with the operator's settings and extensions, put together but not begun: nothing polls or listens. */
export async function quietDryRun(env: Environment, cwd: string): Promise<DryRun> {
  const { settings } = await openConfiguration({ env: { NEST_PROFILE: 'echo', ...env, ...ALONE }, cwd });
  const extensions = await loadExtensions(settings.get(extensionConfig.extensions), cwd);
  const additions = extensions.list.map(({ module }) => module);
  const root = QuietModule.of([CoreModule.with(settings, extensions), PipelineTriggersModule, ...additions]);
  const app = await NestFactory.create(root, httpAdapter({ maxBodySize: settings.get(serverConfig.maxBodySize) }), {
    logger: false,
    abortOnError: false,
  });
  return app.get(DryRun, { strict: false });
}
