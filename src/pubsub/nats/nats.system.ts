import { Settings } from '../../platform/settings/index.js';
import { artifactsByFile } from '../artifact-source.js';
import { pubsubConfig } from '../pubsub.config.js';
import { BringsPubsub, type PubsubSystem, type Subscription } from '../pubsub-system.js';
import { natsConfig } from './nats.config.js';
import { NatsSubscription } from './nats-subscription.js';

/** NATS JetStream. */
@BringsPubsub({ name: 'nats' })
export class NatsSystem implements PubsubSystem {
  constructor(private readonly settings: Settings) {}

  subscriptions(): readonly Subscription[] {
    if (!this.settings.get(pubsubConfig.enabled) || !this.settings.get(natsConfig.enabled)) return [];
    return this.settings.get(natsConfig.subscriptions).map((options, index) => {
      const key = `${natsConfig.subscriptions.key}[${index}].templatePath`;
      return new NatsSubscription(options, this.settings, artifactsByFile(key, options.templatePath));
    });
  }

  paused(): boolean {
    return !this.settings.get(natsConfig.processing);
  }
}
