import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DecisionsModule } from '../decisions/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { SlotsModule } from '../slots/index.js';
import { AssetsController } from './assets/assets.controller.js';
import { CronPage } from './pages/cron.page.js';
import { DecisionSearch } from './pages/decision-search.js';
import { DecisionsPage } from './pages/decisions.page.js';
import { EffectsPage } from './pages/effects.page.js';
import { EventsPage } from './pages/events.page.js';
import { LatestSlots } from './pages/latest-slots.js';
import { NotificationsPage } from './pages/notifications.page.js';
import { NowPage } from './pages/now.page.js';
import { StartsPage } from './pages/starts.page.js';
import { Switches } from './pages/switches.js';
import { TriggerSearch } from './pages/trigger-search.js';
import { TriggersPage } from './pages/triggers.page.js';
import { Doors } from './rendering/doors.js';
import { ConsoleRenderer } from './rendering/renderer.js';

/** `/console`: pages that show what Echo does, rendered here, without a build step and without internet. */
@Module({
  imports: [DiscoveryModule, EchoHttpModule, EventsModule, OutboxModule, PipelinesModule, SlotsModule, DecisionsModule],
  controllers: [
    NowPage,
    EventsPage,
    DecisionsPage,
    TriggersPage,
    StartsPage,
    EffectsPage,
    NotificationsPage,
    CronPage,
    AssetsController,
  ],
  providers: [ConsoleRenderer, Switches, Doors, DecisionSearch, TriggerSearch, LatestSlots],
})
export class ConsoleModule {}
