import { Injectable } from '@nestjs/common';
import { type HttpAnswer, shownUrl, urlsUnder } from '../../../platform/http/index.js';
import { type JsonObject, isJsonObject, parseJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { objectOf } from '../../events/occasion.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { type SlackBotConfig, slackConfig } from './slack.config.js';
import type { SlackMessage } from './slack.message.js';

const HOOKS = 'https://hooks.slack.com/services';
const SLACK = 'https://slack.com';

interface Place {
  readonly baseUrl: string;
  readonly token: string;
  readonly webhook: boolean;
}

/** Where a bot posts, by its settings (notifications.md §1.4). */
export function placeOf(settings: Settings, config: SlackBotConfig): Place {
  const token = settings.get(config.token) ?? '';
  const webhook = settings.get(config.forceUseIncomingWebhook) || token.split('/').length > 2;
  const baseUrl = settings.get(config.baseUrl).trim() || (webhook ? HOOKS : SLACK);
  return { baseUrl: baseUrl.replace(/\/$/, ''), token, webhook };
}

/** Slack's errors that pass by themselves. */
const PASSING = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
]);

/** Slack says most of its refusals with status 200 (decisions.md 24). */
function checkTaken({ body }: HttpAnswer): void {
  let answer: unknown;
  try {
    answer = parseJson(body);
  } catch {
    // Incoming webhooks answer a bare `ok`.
    return;
  }
  if (!isJsonObject(answer) || answer['ok'] !== false) return;
  const error = typeof answer['error'] === 'string' ? answer['error'] : 'no reason given';
  throw new DeliveryError(`Slack: ${error}`, { status: 400, retryable: PASSING.has(error) });
}

/** Posts to Slack. Rejects with a `DeliveryError` in Slack's words. */
@Injectable()
export class SlackClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  async post({ via, chatApi, channel, attachment }: SlackMessage): Promise<void> {
    const config = slackConfig[via];
    const { baseUrl, token, webhook } = placeOf(this.settings, config);
    if (webhook && !chatApi) {
      const body = { attachments: [attachment], channel };
      return checkTaken(await this.http.postJson(`${baseUrl}/${token}`, body, { shownUrl: `${baseUrl}/***` }));
    }
    const fields = {
      token,
      attachments: `[${JSON.stringify(attachment, null, 4)}]`,
      channel: channel ?? undefined,
      as_user: 'true',
      link_names: this.settings.get(config.expandUserNames) ? '1' : '0',
    };
    checkTaken(await this.http.postForm(`${baseUrl}/api/chat.postMessage`, fields));
  }

  /** The mail address of a user, null where Slack does not tell one. */
  async emailOf(userId: string): Promise<string | null> {
    const { baseUrl, token } = placeOf(this.settings, slackConfig.app);
    const url = urlsUnder(baseUrl)`api/users.info?token=${token}&user=${userId}`;
    const answer = parsedAnswer(await this.http.send({ method: 'GET', url, shownUrl: shownUrl(url) }), 'Slack');
    const { email } = objectOf(objectOf(objectOf(answer)['user'])['profile']);
    return typeof email === 'string' ? email : null;
  }

  /** Puts another message in the place of one that was answered; `path` is the one that Slack gave for it. */
  async respond(path: string, message: JsonObject): Promise<void> {
    const origin = this.settings.get(slackConfig.hooksUrl).replace(/\/$/, '');
    await this.http.postJson(origin + path, message);
  }
}
