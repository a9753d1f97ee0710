import { Settings, spinnakerConfig } from '../../../platform/settings/index.js';
import { type Channel, type Delivery, type NotificationPreference, NotifiesThrough } from '../../channel.js';
import type { Occasion } from '../../events/occasion.js';
import { GithubStatusClient } from './github-status.client.js';
import { githubStatusConfig } from './github-status.config.js';
import { type GithubStatusMessage, githubStatusMessage } from './github-status.message.js';

const SWITCH = { enabled: githubStatusConfig.enabled, required: [githubStatusConfig.token] };

/** Five tries, a second apart, as the original: a status soon is too old to be set. */
const RETRY = { attempts: 5, firstMs: 1000, factor: 1, maxMs: 1000 };

/** Tells at the commit how its pipeline goes. */
@NotifiesThrough({ name: 'githubStatus', builtIn: SWITCH, retry: RETRY })
export class GithubStatusAgent implements Channel<GithubStatusMessage> {
  constructor(
    private readonly client: GithubStatusClient,
    private readonly settings: Settings,
  ) {}

  forEvent(preference: NotificationPreference, occasion: Occasion): readonly GithubStatusMessage[] {
    const message = githubStatusMessage(preference, occasion, this.settings.get(spinnakerConfig.baseUrl));
    return message ? [message] : [];
  }

  async deliver(message: GithubStatusMessage): Promise<Delivery> {
    await this.client.set(message);
    return {};
  }
}
