import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { templatedSubscriptions } from '../configured.js';
import { BringsPubsub, type PubsubSystem, type Subscription } from '../pubsub-system.js';
import { kafkaConfig } from './kafka.config.js';
import { KafkaSubscription } from './kafka-subscription.js';

/** Kafka and what speaks its protocol. */
@BringsPubsub({ name: 'kafka' })
export class KafkaSystem implements PubsubSystem {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  subscriptions(): readonly Subscription[] {
    return templatedSubscriptions(
      this.settings,
      kafkaConfig,
      (options, artifacts) => new KafkaSubscription(options, this.settings, this.clock, artifacts),
    );
  }

  paused(): boolean {
    return !this.settings.get(kafkaConfig.processing);
  }
}
