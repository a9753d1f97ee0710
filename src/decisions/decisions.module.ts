import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { DecisionLog } from './decision-log.js';
import { DecisionsController } from './decisions.controller.js';

/** Why something started, or did not. */
@Module({ imports: [EventsModule], controllers: [DecisionsController], providers: [DecisionLog] })
export class DecisionsModule {}
