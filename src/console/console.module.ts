import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { SlotsModule } from '../slots/index.js';
import { ConsoleController } from './console.controller.js';
import { CronPage } from './cron-page.js';
import { Overview } from './overview.js';
import { RecentDecisions } from './recent-decisions.js';
import { ConsoleRenderer } from './renderer.js';
import { UpcomingSlots } from './upcoming.js';

/** `/console`: pages that show what Echo does, rendered here, without a build step and without internet. */
@Module({
  imports: [DiscoveryModule, EventsModule, OutboxModule, PipelinesModule, SlotsModule],
  controllers: [ConsoleController],
  providers: [ConsoleRenderer, Overview, RecentDecisions, UpcomingSlots, CronPage],
})
export class ConsoleModule {}
