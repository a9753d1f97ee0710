import { type DynamicModule, Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { twin } from '../platform/database/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { SlotsModule, TimetableModule } from '../slots/index.js';
import { ActionTriggers } from './actions/action-triggers.js';
import { ScheduledActionsController } from './actions/scheduled-actions.controller.js';
import { ClusterGate, OpenGate } from './clusters/cluster-gate.js';
import { Engine } from './engine/engine.js';
import { PipelineLookUp } from './engine/pipeline-look-up.js';
import { SlotClaims } from './engine/slot-claims.js';
import { SlotStarts } from './engine/slot-starts.js';
import { TurnPlanner } from './engine/turn-planner.js';
import { TurnReport } from './engine/turn-report.js';
import { CronExpressionsController } from './expressions/cron-expressions.controller.js';
import { NextTimesQuery } from './expressions/next-times.js';
import { MemoryTriggerStore } from './memory/memory-trigger-store.js';
import { MemoryModeWarning } from './memory-mode-warning.js';
import { schedulerMetrics } from './scheduler.metrics.js';
import { SyncGauges } from './sync/sync-gauges.js';
import { SyncReport } from './sync/sync-report.js';
import { SyncRun } from './sync/sync-run.js';
import { TriggerSync } from './sync/trigger-sync.js';
import { TriggerStore } from './trigger-store.js';
import { Backfill } from './view/backfill.js';
import { CronTriggersController } from './view/cron-triggers.controller.js';
import { PausesController } from './view/pauses.controller.js';
import { TriggerReader } from './view/trigger-reader.js';

/** Checks and explains cron expressions; editors of pipelines ask for it, whoever schedules them. */
@Module({ imports: [TimetableModule], controllers: [CronExpressionsController], providers: [NextTimesQuery] })
export class CronExpressionsModule {}

/** Starts pipelines on time. */
@Module({
  imports: [EventsModule, OutboxModule, PipelinesModule, SlotsModule],
  controllers: [ScheduledActionsController, CronTriggersController, PausesController],
  providers: [
    twin(TriggerStore, MemoryTriggerStore, async () => (await import('./sql/sql-trigger-store.js')).SqlTriggerStore),
    twin(ClusterGate, OpenGate, async () => (await import('./sql/shared-gate.js')).SharedGate),
    Engine,
    SlotClaims,
    SlotStarts,
    TurnPlanner,
    TurnReport,
    PipelineLookUp,
    SyncRun,
    SyncReport,
    SyncGauges,
    TriggerSync,
    TriggerReader,
    ActionTriggers,
    Backfill,
    MemoryModeWarning,
    ...metricProviders(schedulerMetrics),
  ],
})
export class SchedulerModule {}

/** The scheduler's tables, for where there is a database; nothing of it is loaded elsewhere. */
export const schedulerTables = async (): Promise<DynamicModule> => ({
  module: (await import('./sql/scheduler-tables.module.js')).SchedulerTablesModule,
});
