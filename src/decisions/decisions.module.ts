import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { DecisionLog } from './decision-log.js';
import { twin } from '../platform/database/index.js';
import { MemoryDecisionLog } from './memory/memory-decision-log.js';
import { DecisionsController } from './decisions.controller.js';

/** Why something started, or did not. */
@Module({
  imports: [EventsModule],
  controllers: [DecisionsController],
  providers: [
    twin(DecisionLog, MemoryDecisionLog, async () => (await import('./sql/sql-decision-log.js')).SqlDecisionLog),
  ],
})
export class DecisionsModule {}
