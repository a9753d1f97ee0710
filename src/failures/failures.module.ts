import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { FailureWatch } from './failure-watch.js';

/** Makes one fact, `router.failed`, of all that Echo fails to do; rooms that tell somebody subscribe to it. */
@Module({ imports: [EventsModule, PipelinesModule], providers: [FailureWatch] })
export class FailuresModule {}
