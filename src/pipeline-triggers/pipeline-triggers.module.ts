import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConstraintMatcher } from '../artifacts/index.js';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { twin } from '../platform/database/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { PatternCompiler } from '../platform/regex/index.js';
import { Settings } from '../platform/settings/index.js';
import { IgorBuilds } from './builds/igor-builds.js';
import { DryMonitors } from './dry-run/dry-monitors.js';
import { DryRun } from './dry-run/dry-run.js';
import { DryRunController } from './dry-run/dry-run.controller.js';
import { DryStarts } from './dry-run/dry-starts.js';
import { ArtifactoryHandler } from './handlers/artifactory/artifactory.handler.js';
import { BuildHandler } from './handlers/build/build.handler.js';
import { CdEventsHandler } from './handlers/cdevents/cdevents.handler.js';
import { DockerHandler } from './handlers/docker/docker.handler.js';
import { GitHandler } from './handlers/git/git.handler.js';
import { HelmHandler } from './handlers/helm/helm.handler.js';
import { HelmOciHandler } from './handlers/helm-oci/helm-oci.handler.js';
import { NexusHandler } from './handlers/nexus/nexus.handler.js';
import { PluginHandler } from './handlers/plugin/plugin.handler.js';
import { PubsubHandler } from './handlers/pubsub/pubsub.handler.js';
import { WebhookHandler } from './handlers/webhook/webhook.handler.js';
import { IndexHolder } from './index/index-holder.js';
import { InvalidTriggers } from './index/invalid-triggers.js';
import { BuildLookUp } from './manual/build-look-up.js';
import { ManualMonitor } from './manual/manual-monitor.js';
import { MatchStarter } from './match/match-starter.js';
import { Monitors, SharedParts } from './match/monitors.js';
import { TriggerPermission } from './match/trigger-permission.js';
import { triggersConfig } from './pipeline-triggers.config.js';
import { triggersMetrics } from './pipeline-triggers.metrics.js';
import { PostProcessing } from './post-processing.js';
import { ExpectedArtifactExpressions } from './post-processors/expected-artifact-expressions.js';
import { ProvidedExecutionId } from './post-processors/provided-execution-id.js';
import { MemoryRepeats } from './repeats/memory-repeats.js';
import { RepeatCheck } from './repeats/repeat-check.js';
import { Repeats } from './repeats/repeats.js';
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

const handlers = [
  ArtifactoryHandler,
  BuildHandler,
  CdEventsHandler,
  DockerHandler,
  GitHandler,
  HelmHandler,
  HelmOciHandler,
  NexusHandler,
  PluginHandler,
  PubsubHandler,
  WebhookHandler,
];

const processors = [ExpectedArtifactExpressions, ProvidedExecutionId];

/** Starts pipelines on events. */
@Module({
  imports: [ClientsModule, DiscoveryModule, EventsModule, PipelinesModule],
  controllers: [DryRunController],
  providers: [
    ...handlers,
    ...processors,
    patterns,
    constraints,
    IndexHolder,
    InvalidTriggers,
    TriggerPermission,
    twin(Repeats, MemoryRepeats, async () => (await import('./repeats/sql/sql-repeats.js')).SqlRepeats),
    RepeatCheck,
    IgorBuilds,
    BuildLookUp,
    ManualMonitor,
    SharedParts,
    Monitors,
    PostProcessing,
    MatchStarter,
    TriggerListener,
    DryMonitors,
    DryStarts,
    DryRun,
    ...metricProviders(triggersMetrics),
  ],
})
export class PipelineTriggersModule {}
