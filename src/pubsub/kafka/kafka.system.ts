import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { artifactsByFile } from '../artifact-source.js';
import { pubsubConfig } from '../pubsub.config.js';
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
    if (!this.settings.get(pubsubConfig.enabled) || !this.settings.get(kafkaConfig.enabled)) return [];
    return this.settings.get(kafkaConfig.subscriptions).map((options, index) => {
      const key = `${kafkaConfig.subscriptions.key}[${index}].templatePath`;
      return new KafkaSubscription(options, this.settings, this.clock, artifactsByFile(key, options.templatePath));
    });
  }

  paused(): boolean {
    return !this.settings.get(kafkaConfig.processing);
  }
}
