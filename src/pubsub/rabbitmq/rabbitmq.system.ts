import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { templatedSubscriptions } from '../configured.js';
import { BringsPubsub, type PubsubSystem, type Subscription } from '../pubsub-system.js';
import { rabbitmqConfig } from './rabbitmq.config.js';
import { RabbitmqSubscription } from './rabbitmq-subscription.js';

/** RabbitMQ and other brokers of AMQP 0-9-1. */
@BringsPubsub({ name: 'rabbitmq' })
export class RabbitmqSystem implements PubsubSystem {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  subscriptions(): readonly Subscription[] {
    return templatedSubscriptions(
      this.settings,
      rabbitmqConfig,
      (options, artifacts) => new RabbitmqSubscription(options, this.settings, this.clock, artifacts),
    );
  }

  paused(): boolean {
    return !this.settings.get(rabbitmqConfig.processing);
  }
}
