import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { loadConfiguration } from '../../dist/config/index.js';
import { CoreModule } from '../../dist/core.module.js';
import { Bus } from '../../dist/events/index.js';
import { IndexHolder } from '../../dist/pipeline-triggers/index/index-holder.js';
import { PipelineTriggersModule } from '../../dist/pipeline-triggers/index.js';
import { Monitors } from '../../dist/pipeline-triggers/match/monitors.js';
import { TriggerListener } from '../../dist/pipeline-triggers/trigger-listener.js';
import { pipelinesRefreshed, readPipeline } from '../../dist/pipelines/index.js';
import { InstalledExtensions } from '../../dist/platform/extension/index.js';
import { httpAdapter } from '../../dist/platform/web/index.js';

class RulesModule {}

const SILENT = { inc: () => undefined };

/** The rules of the whole service, put together but not begun: nothing polls, nothing is sent. */
export async function rules() {
  const { settings } = loadConfiguration({ env: { NEST_PROFILE: 'echo' }, cwd: '/nowhere' });
  const imports = [CoreModule.with(settings, new InstalledExtensions([])), PipelineTriggersModule];
  const options = { logger: false, abortOnError: false };
  const app = await NestFactory.create({ module: RulesModule, imports }, httpAdapter({ maxBodySize: 1 }), options);
  const [bus, index, monitors] = [Bus, IndexHolder, Monitors].map((part) => app.get(part, { strict: false }));
  index.onModuleInit();
  monitors.onModuleInit();
  let matches = 0;
  const starter = {
    start: async ({ subject }) => {
      matches++;
      return { ...subject, kind: 'matched', start: { kind: 'submitted' } };
    },
  };
  const listener = new TriggerListener(monitors, starter, bus, { keep: () => undefined }, SILENT);
  return {
    /** Makes these all the pipelines there are. */
    load: (raws) => {
      const pipelines = raws.map((raw) => readPipeline(raw));
      bus.publish(pipelinesRefreshed, { snapshot: { pipelines, skipped: [], loadedAt: 0 }, before: undefined });
    },
    /** Decides on one event. */
    decide: (event) => listener.processEvent(event, { event, identity: NOBODY, inboxId: 'I', receivedAt: 0 }),
    /** How many pipelines would have been started so far. */
    matches: () => matches,
  };
}

const NOBODY = { headers: { 'x-spinnaker-request-id': 'R' } };
