import { Settings } from '../../platform/settings/index.js';
import { templatedSubscriptions } from '../configured.js';
import { BringsPubsub, type PubsubSystem, type Subscription } from '../pubsub-system.js';
import { natsConfig } from './nats.config.js';
import { NatsSubscription } from './nats-subscription.js';

/** NATS JetStream. */
@BringsPubsub({ name: 'nats' })
export class NatsSystem implements PubsubSystem {
  constructor(private readonly settings: Settings) {}

  subscriptions(): readonly Subscription[] {
    return templatedSubscriptions(
      this.settings,
      natsConfig,
      (options, artifacts) => new NatsSubscription(options, this.settings, artifacts),
    );
  }

  paused(): boolean {
    return !this.settings.get(natsConfig.processing);
  }
}
