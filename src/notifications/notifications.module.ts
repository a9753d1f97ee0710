import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { CallbackServices } from './callbacks/callback-services.js';
import { CallbacksController } from './callbacks/callbacks.controller.js';
import { CHANNEL_MODULES } from './channels/index.js';
import { Channels } from './channels.js';
import { DigestPerformer } from './digests/digest.performer.js';
import { NotificationPerformer } from './delivery/notification.performer.js';
import { DirectNotifications } from './direct/direct-notifications.js';
import { NotificationsController } from './direct/notifications.controller.js';
import { Notices } from './failures/notices.js';
import { RouterFailures } from './failures/router-failures.js';
import { Inspection } from './inspection/inspection.js';
import { InspectionController } from './inspection/inspection.controller.js';
import { Policies } from './policies/policies.js';
import { NotificationListener } from './events/notification.listener.js';
import { notificationsMetrics } from './notifications.metrics.js';

/** Tells people: about what orca reports, and whatever a service of Spinnaker asks to be told. */
@Module({
  imports: [DiscoveryModule, EchoHttpModule, EventsModule, OutboxModule, ...CHANNEL_MODULES],
  controllers: [NotificationsController, CallbacksController, InspectionController],
  providers: [
    Channels,
    NotificationListener,
    NotificationPerformer,
    DigestPerformer,
    DirectNotifications,
    CallbackServices,
    Policies,
    Notices,
    RouterFailures,
    Inspection,
    ...metricProviders(notificationsMetrics),
  ],
})
export class NotificationsModule {}
