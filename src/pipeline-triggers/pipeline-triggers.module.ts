import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConstraintMatcher } from '../artifacts/index.js';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { PatternCompiler } from '../platform/regex/index.js';
import { Settings } from '../platform/settings/index.js';
import { DockerHandler } from './handlers/docker/docker.handler.js';
import { WebhookHandler } from './handlers/webhook/webhook.handler.js';
import { IndexHolder } from './index/index-holder.js';
import { BuildLookUp } from './manual/build-look-up.js';
import { ManualMonitor } from './manual/manual-monitor.js';
import { MatchStarter } from './match/match-starter.js';
import { Monitors } from './match/monitors.js';
import { TriggerPermission } from './match/trigger-permission.js';
import { triggersConfig } from './pipeline-triggers.config.js';
import { triggersMetrics } from './pipeline-triggers.metrics.js';
import { ExpectedArtifactExpressions } from './post-processors/expected-artifact-expressions.js';
import { ProvidedExecutionId } from './post-processors/provided-execution-id.js';
import { TriggerListener } from './trigger-listener.js';

const patterns = {
  provide: PatternCompiler,
  inject: [Settings],
  useFactory: (settings: Settings) => new PatternCompiler({ limitMs: settings.get(triggersConfig.patternTimeoutMs) }),
};

const constraints = {
  provide: ConstraintMatcher,
  inject: [PatternCompiler],
  useFactory: (compiler: PatternCompiler) => new ConstraintMatcher(compiler),
};

const handlers = [DockerHandler, WebhookHandler];

const processors = [ExpectedArtifactExpressions, ProvidedExecutionId];

/** Starts pipelines on events. */
@Module({
  imports: [ClientsModule, DiscoveryModule, EventsModule, PipelinesModule],
  providers: [
    ...handlers,
    ...processors,
    patterns,
    constraints,
    IndexHolder,
    TriggerPermission,
    BuildLookUp,
    ManualMonitor,
    Monitors,
    MatchStarter,
    TriggerListener,
    ...metricProviders(triggersMetrics),
  ],
})
export class PipelineTriggersModule {}
