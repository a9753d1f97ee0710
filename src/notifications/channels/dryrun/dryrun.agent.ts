import {
  type Channel,
  type Delivery,
  type DeliveryContext,
  type NotificationPreference,
  NotifiesThrough,
} from '../../channel.js';
import type { Occasion } from '../../events/occasion.js';
import { word } from '../../events/phrases.js';
import { DryrunClient } from './dryrun.client.js';
import { dryrunConfig } from './dryrun.config.js';
import type { DryrunMessage } from './dryrun.message.js';

const SWITCH = { enabled: dryrunConfig.enabled, required: [dryrunConfig.baseUrl] };

/** Runs a pipeline again, dry, when it has run. One try, as in the original: a run that is late misleads. */
@NotifiesThrough({
  name: 'dryrun',
  builtIn: SWITCH,
  retry: { attempts: 1, firstMs: 0, factor: 1, maxMs: 0 },
})
export class DryrunAgent implements Channel<DryrunMessage> {
  constructor(private readonly client: DryrunClient) {}

  forEvent(_preference: NotificationPreference, { application, execution }: Occasion): readonly DryrunMessage[] {
    const { pipelineConfigId = null } = execution;
    if (pipelineConfigId === null || application === undefined) return [];
    return [{ application, pipelineId: word(pipelineConfigId), execution }];
  }

  async deliver(message: DryrunMessage, { identity }: DeliveryContext): Promise<Delivery> {
    await this.client.run(message, identity);
    return {};
  }
}
