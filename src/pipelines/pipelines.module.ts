import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { metricProviders, metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import { CacheHealth } from './cache/cache-health.js';
import { CacheMetrics } from './cache/cache-metrics.js';
import { Hydration } from './cache/hydration.js';
import { PipelineCache } from './cache/pipeline-cache.js';
import { PipelineReader } from './cache/pipeline-reader.js';
import { PipelineSource } from './cache/pipeline-source.js';
import { SavedPipelines } from './cache/saved-pipelines.js';
import { PipelineNotes } from './cache/pipeline-notes.js';
import { FolderSource } from './folder/folder-source.js';
import { Front50Source } from './front50/front50-source.js';
import { pipelinesConfig } from './pipelines.config.js';
import { pipelinesMetrics } from './pipelines.metrics.js';
import { QuietPeriod } from './quiet-period/quiet-period.js';
import { QuietPeriodController } from './quiet-period/quiet-period.controller.js';
import { FailedStartPerformer } from './start/failed-start.performer.js';
import { LastLook } from './start/last-look.js';
import { Overlap } from './start/overlap.js';
import { Planner } from './start/planner.js';
import { RunAs } from './start/run-as.js';
import { StartIds } from './start/start-ids.js';
import { StartPreview } from './start/start-preview.js';
import { StartReport } from './start/start-report.js';
import { StartPerformer } from './start/start.performer.js';
import { Starter } from './start/starter.js';
import { Suppression } from './start/suppression.js';
import { TriggerTypes } from './trigger-types.js';

const pipelineSource = {
  provide: PipelineSource,
  inject: [Settings, FolderSource, Front50Source],
  useFactory: (settings: Settings, folder: FolderSource, front50: Front50Source): PipelineSource =>
    settings.get(pipelinesConfig.folder) === undefined ? front50 : folder,
};

/** What pipelines there are, and how they are started. */
@Module({
  imports: [ClientsModule, EventsModule, OutboxModule],
  controllers: [QuietPeriodController],
  providers: [
    TriggerTypes,
    FolderSource,
    Front50Source,
    pipelineSource,
    Hydration,
    PipelineReader,
    PipelineNotes,
    PipelineCache,
    CacheMetrics,
    CacheHealth,
    SavedPipelines,
    QuietPeriod,
    Suppression,
    RunAs,
    Planner,
    Overlap,
    LastLook,
    StartIds,
    StartPreview,
    Starter,
    StartReport,
    StartPerformer,
    FailedStartPerformer,
    ...metricProviders(pipelinesMetrics),
  ],
  exports: [
    PipelineCache,
    PipelineNotes,
    QuietPeriod,
    Suppression,
    StartIds,
    StartPreview,
    Starter,
    TriggerTypes,
    metricToken(pipelinesMetrics.orcaErrors),
  ],
})
export class PipelinesModule {}
