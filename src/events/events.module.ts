import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { twin } from '../platform/database/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { Bus } from './bus.js';
import { EventDispatcher } from './dispatcher.js';
import { EventArchive } from './event-archive.js';
import { EventsController } from './events.controller.js';
import { eventsMetrics } from './events.metrics.js';
import { InboxMeter } from './inbox-meter.js';
import { Inbox } from './inbox.js';
import { AgedOut } from './memory/aged-out.js';
import { MemoryEventArchive } from './memory/memory-event-archive.js';
import { MemoryInbox } from './memory/memory-inbox.js';
import { HistoryController } from './history.controller.js';
import { Pressure } from './pressure.js';
import { Replay } from './replay.js';

/** The way in: `POST /`, the inbox, the listeners, the bus. */
@Module({
  imports: [EventEmitterModule.forRoot({ global: false, maxListeners: 0 }), DiscoveryModule],
  controllers: [EventsController, HistoryController],
  providers: [
    AgedOut,
    Bus,
    EventDispatcher,
    InboxMeter,
    Pressure,
    Replay,
    twin(Inbox, MemoryInbox, async () => (await import('./sql/sql-inbox.js')).SqlInbox),
    twin(EventArchive, MemoryEventArchive, async () => (await import('./sql/sql-event-archive.js')).SqlEventArchive),
    ...metricProviders(eventsMetrics),
  ],
  exports: [AgedOut, Bus, EventArchive, Inbox, Pressure],
})
export class EventsModule {}
