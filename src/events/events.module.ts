import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { metricProviders } from '../platform/metrics/index.js';
import { Bus } from './bus.js';
import { EventDispatcher } from './dispatcher.js';
import { EventsController } from './events.controller.js';
import { eventsMetrics } from './events.metrics.js';
import { Inbox } from './inbox.js';
import { MemoryInbox } from './memory/memory-inbox.js';

/** The way in: `POST /`, the inbox, the listeners, the bus. */
@Module({
  imports: [EventEmitterModule.forRoot({ global: false, maxListeners: 0 }), DiscoveryModule],
  controllers: [EventsController],
  providers: [Bus, EventDispatcher, { provide: Inbox, useClass: MemoryInbox }, ...metricProviders(eventsMetrics)],
  exports: [Bus, Inbox],
})
export class EventsModule {}
