import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { DecisionLog } from './decision-log.js';
import { twin } from '../platform/database/index.js';
import { MemoryDecisionLog } from './memory/memory-decision-log.js';
import { ClientsModule } from '../clients/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { SlotsModule } from '../slots/index.js';
import { DecisionsController } from './decisions.controller.js';
import { ShadowController } from './shadow/shadow.controller.js';
import { ShadowReport } from './shadow/shadow-report.js';

/** Why something started, or did not. */
@Module({
  imports: [EventsModule, ClientsModule, PipelinesModule, SlotsModule],
  controllers: [DecisionsController, ShadowController],
  providers: [
    ShadowReport,
    twin(DecisionLog, MemoryDecisionLog, async () => (await import('./sql/sql-decision-log.js')).SqlDecisionLog),
  ],
  exports: [DecisionLog],
})
export class DecisionsModule {}
