import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ClientsModule } from '../clients/index.js';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { amazonMetrics } from './amazon/amazon.metrics.js';
import { AmazonSystem } from './amazon/amazon.system.js';
import { GoogleSystem } from './google/google.system.js';
import { Intake } from './intake.js';
import { KafkaSystem } from './kafka/kafka.system.js';
import { MessageCounts } from './message-counts.js';
import { MessagePerformer } from './message.performer.js';
import { NatsSystem } from './nats/nats.system.js';
import { PublishListener } from './publish.listener.js';
import { PublishPerformer } from './publish.performer.js';
import { PubsubController } from './pubsub.controller.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import { RabbitmqSystem } from './rabbitmq/rabbitmq.system.js';
import { Subscriptions } from './subscriptions.js';
import { Systems } from './systems.js';

/** Messages in from subscriptions, events out to topics. A system that is not configured loads nothing. */
@Module({
  imports: [ClientsModule, EchoHttpModule, EventsModule, OutboxModule, DiscoveryModule],
  controllers: [PubsubController],
  providers: [
    AmazonSystem,
    GoogleSystem,
    KafkaSystem,
    NatsSystem,
    RabbitmqSystem,
    Systems,
    Intake,
    MessageCounts,
    Subscriptions,
    MessagePerformer,
    PublishListener,
    PublishPerformer,
    ...metricProviders({ ...pubsubMetrics, ...amazonMetrics }),
  ],
})
export class PubsubModule {}
