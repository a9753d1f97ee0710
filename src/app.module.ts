import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { ArtifactEmitterModule, artifactEmitterConfig } from './artifact-emitter/index.js';
import { igorConfig } from './clients/index.js';
import { CloudBuildModule } from './cloud-build/index.js';
import { CompensationModule, compensationConfig } from './compensation/index.js';
import { type FileSettings, LiveSettingsModule, ReloadModule } from './config/index.js';
import { ConsoleModule } from './console/index.js';
import { CoreModule } from './core.module.js';
import { DecisionsModule } from './decisions/index.js';
import { FailuresModule } from './failures/index.js';
import { NotificationsModule } from './notifications/index.js';
import { OpsModule, SpectatorModule, spectatorConfig } from './ops/index.js';
import { PipelineTriggersModule } from './pipeline-triggers/index.js';
import { databaseConfig } from './platform/database/index.js';
import type { InstalledExtensions } from './platform/extension/index.js';
import { KeyRefreshModule } from './platform/http/index.js';
import { clientTlsConfig } from './platform/tls/index.js';
import { RestForwarderModule, restConfig } from './rest-forwarder/index.js';
import { PubsubModule, cloudBuildConfig } from './pubsub/index.js';
import { SandboxModule } from './sandbox/index.js';
import { TelemetryModule, telemetryConfig } from './telemetry/index.js';
import { CronExpressionsModule, SchedulerModule, schedulerConfig, schedulerTables } from './scheduler/index.js';
import { SlotsModule, slotTables } from './slots/index.js';
import { WebhooksModule } from './webhooks/index.js';

/** What a process is made from. */
export interface Deployment {
  readonly profile: string;
  readonly settings: FileSettings;
  readonly extensions: InstalledExtensions;
}

interface Capability {
  readonly module: Type;
  /** On everywhere unless it says when. */
  readonly when?: (deployment: Deployment) => boolean;
  /** Its tables, where there is a database. */
  readonly tables?: () => Promise<DynamicModule>;
}

/** Which capability is on under which configuration. Taking one out is deleting its line and its folder. */
const CAPABILITIES: readonly Capability[] = [
  { module: WebhooksModule },
  { module: PipelineTriggersModule },
  { module: FailuresModule },
  { module: RestForwarderModule, when: ({ settings }) => settings.get(restConfig.enabled) },
  { module: ArtifactEmitterModule, when: ({ settings }) => settings.get(artifactEmitterConfig.enabled) },
  {
    module: CloudBuildModule,
    when: ({ settings }) => settings.get(igorConfig.enabled) && settings.get(cloudBuildConfig.enabled),
  },
  { module: TelemetryModule, when: ({ settings }) => settings.get(telemetryConfig.enabled) },
  { module: PubsubModule },
  { module: NotificationsModule },
  { module: DecisionsModule },
  { module: CronExpressionsModule },
  { module: SlotsModule, tables: slotTables },
  {
    module: SchedulerModule,
    when: ({ settings }) => settings.get(schedulerConfig.enabled),
    tables: schedulerTables,
  },
  {
    module: CompensationModule,
    when: ({ settings }) => settings.get(schedulerConfig.enabled) && settings.get(compensationConfig.enabled),
  },
  { module: OpsModule },
  { module: ConsoleModule },
  { module: SpectatorModule, when: ({ settings }) => settings.get(spectatorConfig.enabled) },
  { module: ReloadModule },
  { module: LiveSettingsModule },
  { module: KeyRefreshModule, when: ({ settings }) => settings.get(clientTlsConfig.refreshEnabled) },
  { module: SandboxModule, when: ({ profile }) => profile === 'standalone' },
];

@Module({})
export class AppModule {
  static of(deployment: Deployment): DynamicModule {
    const { settings, extensions } = deployment;
    const capabilities = CAPABILITIES.filter(({ when }) => when?.(deployment) ?? true);
    const tables = settings.get(databaseConfig.enabled) ? capabilities.flatMap(({ tables }) => tables?.() ?? []) : [];
    const modules = [...capabilities, ...extensions.list].map(({ module }) => module);
    return { module: AppModule, imports: [CoreModule.with(settings, extensions), ...tables, ...modules] };
  }
}
