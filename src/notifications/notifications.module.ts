import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { CHANNEL_MODULES } from './channels/index.js';
import { Channels } from './channels.js';
import { NotificationPerformer } from './delivery/notification.performer.js';
import { DirectNotifications } from './direct/direct-notifications.js';
import { NotificationsController } from './direct/notifications.controller.js';
import { NotificationListener } from './events/notification.listener.js';
import { notificationsMetrics } from './notifications.metrics.js';

/** Tells people: about what orca reports, and whatever a service of Spinnaker asks to be told. */
@Module({
  imports: [DiscoveryModule, EventsModule, OutboxModule, ...CHANNEL_MODULES],
  controllers: [NotificationsController],
  providers: [
    Channels,
    NotificationListener,
    NotificationPerformer,
    DirectNotifications,
    ...metricProviders(notificationsMetrics),
  ],
})
export class NotificationsModule {}
