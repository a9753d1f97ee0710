import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock/index.js';
import { EchoError, InvalidRequestError, messageOf } from '../../../platform/errors/index.js';
import type { JsonValue } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import type { Interaction, InteractionRequest } from '../../callbacks/interaction.js';
import { readSlackCallback } from './slack-callback.js';
import { checkSigned } from './slack-signature.js';
import { SlackClient } from './slack.client.js';
import { slackConfig } from './slack.config.js';

const textOrNull = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

function headerOf({ headers }: InteractionRequest, name: string): string {
  const [value] = [headers[name.toLowerCase()] ?? []].flat();
  if (value !== undefined) return value;
  throw new InvalidRequestError(`The header ${name} is missing.`, 'missing-header');
}

/** Makes out of Slack's callbacks what somebody did. */
@Injectable()
export class SlackInteractions {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly client: SlackClient,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Throws a 400 for what Slack has not signed or Echo cannot pass on. */
  async read(request: InteractionRequest): Promise<Interaction> {
    this.check(request);
    const { serviceId, messageId, userId, userName, action, payload } = readSlackCallback(request.body);
    const [name, value, label] = ['name', 'value', 'text'].map((member) => textOrNull(action[member]));
    return {
      serviceId,
      messageId,
      user: await this.userOf(userId, userName),
      action: { name: name ?? null, value: value ?? null, label: label ?? null },
      source: payload,
    };
  }

  private check(request: InteractionRequest): void {
    const timestamp = headerOf(request, 'X-Slack-Request-Timestamp');
    const signature = headerOf(request, 'X-Slack-Signature');
    const secret = this.settings.get(slackConfig.signingSecret);
    if (!secret) throw new EchoError('slack.app.signingSecret is not set.', { code: 'no-signing-secret' });
    checkSigned({ secret, timestamp, body: request.body }, signature, this.clock.now());
  }

  /** The mail address by which Spinnaker knows people; the name at Slack where Slack cannot be asked. */
  private async userOf(id: string, name: string): Promise<string | null> {
    try {
      return await this.client.emailOf(id);
    } catch (error) {
      this.log.error(`Slack does not tell who ${name} is: ${messageOf(error)}`);
      return name;
    }
  }
}
