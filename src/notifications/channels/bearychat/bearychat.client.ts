import { Injectable } from '@nestjs/common';
import { asList, asObject, shownUrl, urlsUnder } from '../../../platform/http/index.js';
import { type JsonObject, type JsonValue, isJsonObject, read } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { bearychatConfig } from './bearychat.config.js';
import type { BearychatMessage } from './bearychat.message.js';

const BEARYCHAT = 'Bearychat';

/** Writes to users of Bearychat: finds the user, opens a conversation, posts into it (notifications.md §5.3). */
@Injectable()
export class BearychatClient {
  private readonly token: string;
  private readonly url: ReturnType<typeof urlsUnder>;

  constructor(
    private readonly http: ProviderHttp,
    settings: Settings,
  ) {
    this.token = settings.get(bearychatConfig.token) ?? '';
    this.url = urlsUnder(settings.get(bearychatConfig.baseUrl));
  }

  async send({ to, text, attachments }: BearychatMessage): Promise<void> {
    const { id = null } = await this.userOf(to);
    const channel = await this.post(this.url`v1/p2p.create?token=${this.token}`, { user_id: id });
    const { vchannel_id = null } = asObject(channel, BEARYCHAT);
    await this.post(this.url`v1/message.create?token=${this.token}`, { vchannel_id, text, attachments });
  }

  private async userOf(address: string): Promise<JsonObject> {
    const url = this.url`v1/user.list?token=${this.token}`;
    const answer = await this.http.send({ method: 'GET', url, shownUrl: shownUrl(url) });
    const users = asList(parsedAnswer(answer, BEARYCHAT), BEARYCHAT).filter((user) => isJsonObject(user));
    const user = users.find(({ email }) => read.text(email) === address);
    if (user) return user;
    throw new DeliveryError(`Bearychat knows no user with the address ${address}`);
  }

  private async post(url: string, body: JsonObject): Promise<JsonValue> {
    return parsedAnswer(await this.http.postJson(url, body, { shownUrl: shownUrl(url) }), BEARYCHAT);
  }
}
