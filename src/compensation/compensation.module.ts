import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { SlotsModule } from '../slots/index.js';
import { Candidates } from './candidates.js';
import { Compensation } from './compensation.js';
import { CompensationJob } from './compensation.job.js';
import { compensationMetrics } from './compensation.metrics.js';
import { CompensationReport } from './compensation.report.js';
import { Coverage } from './coverage.js';
import { Inspector } from './inspector.js';
import { OrcaQuestions } from './orca-questions.js';
import { OwnExecutions } from './own-executions.js';
import { PipelineHistories } from './pipeline-histories.js';
import { Restarts } from './restarts.js';
import { SlotIds } from './slot-ids.js';
import { StartLedger } from './start-ledger.js';
import { TriggerAges } from './trigger-ages.js';

/** Starts pipelines whose slots were missed. */
@Module({
  imports: [ClientsModule, EventsModule, OutboxModule, PipelinesModule, SlotsModule],
  providers: [
    Candidates,
    TriggerAges,
    StartLedger,
    SlotIds,
    OrcaQuestions,
    OwnExecutions,
    PipelineHistories,
    Coverage,
    Inspector,
    Restarts,
    CompensationReport,
    Compensation,
    CompensationJob,
    ...metricProviders(compensationMetrics),
  ],
})
export class CompensationModule {}
