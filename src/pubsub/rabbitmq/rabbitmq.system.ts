import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { artifactsByFile } from '../artifact-source.js';
import { pubsubConfig } from '../pubsub.config.js';
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
    if (!this.settings.get(pubsubConfig.enabled) || !this.settings.get(rabbitmqConfig.enabled)) return [];
    return this.settings.get(rabbitmqConfig.subscriptions).map((options, index) => {
      const key = `${rabbitmqConfig.subscriptions.key}[${index}].templatePath`;
      return new RabbitmqSubscription(options, this.settings, this.clock, artifactsByFile(key, options.templatePath));
    });
  }

  paused(): boolean {
    return !this.settings.get(rabbitmqConfig.processing);
  }
}
