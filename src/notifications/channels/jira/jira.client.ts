import { Injectable } from '@nestjs/common';
import { withRetries } from '../../../clients/index.js';
import { Clock } from '../../../platform/clock/index.js';
import { type HttpCall, JSON_TYPE, urlsUnder } from '../../../platform/http/index.js';
import {
  type JsonObject,
  type JsonValue,
  isJsonList,
  isJsonObject,
  stringifyJson,
} from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { objectOf } from '../../events/occasion.js';
import { DeliveryError } from '../../delivery/failure.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { jiraConfig } from './jira.config.js';

/** Two pauses between three tries. */
const PAUSES = [100, 100];

/** Statuses by which Jira hides from strangers what it has for others. */
const STRANGER = new Set([401, 403, 404]);

type Asked = Pick<HttpCall, 'method' | 'url' | 'body'>;

/** Asks Jira. Every call is tried up to three times; rejects as `ProviderHttp` does. */
@Injectable()
export class JiraClient {
  private isKnown = false;

  constructor(
    private readonly http: ProviderHttp,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async create(issue: JsonObject): Promise<JsonObject> {
    return objectOf(await this.ask({ method: 'POST', url: this.url`rest/api/2/issue/`, body: stringifyJson(issue) }));
  }

  /** The transitions that the issue can make now. */
  async transitions(issue: string): Promise<readonly JsonObject[]> {
    const answer = await this.ask({ method: 'GET', url: this.url`rest/api/2/issue/${issue}/transitions` });
    const { transitions } = objectOf(answer);
    return isJsonList(transitions) ? transitions.filter((transition) => isJsonObject(transition)) : [];
  }

  async transition(issue: string, change: JsonObject): Promise<void> {
    await this.ask({
      method: 'POST',
      url: this.url`rest/api/2/issue/${issue}/transitions`,
      body: stringifyJson(change),
    });
  }

  async comment(issue: string, text: string): Promise<void> {
    const body = stringifyJson({ body: text });
    await this.ask({ method: 'POST', url: this.url`rest/api/2/issue/${issue}/comment`, body });
  }

  private get url(): ReturnType<typeof urlsUnder> {
    return urlsUnder(this.settings.get(jiraConfig.baseUrl) ?? '');
  }

  private ask(asked: Asked): Promise<JsonValue> {
    return withRetries(() => this.askAsOneself(asked), PAUSES, this.clock);
  }

  /**
   * The original's deployments call Jira without credentials; most Jiras want some. They are shown as soon as Jira
   * refuses a call without them, and from then on.
   */
  private async askAsOneself(asked: Asked): Promise<JsonValue> {
    const username = this.settings.get(jiraConfig.username);
    const shows = this.isKnown || this.settings.get(jiraConfig.preemptiveAuthentication);
    try {
      return await this.send(asked, shows);
    } catch (error) {
      if (shows || !username || !(error instanceof DeliveryError) || !STRANGER.has(error.status)) throw error;
    }
    const answer = await this.send(asked, true);
    this.isKnown = true;
    return answer;
  }

  private async send(asked: Asked, shows: boolean): Promise<JsonValue> {
    const { method, url, body } = asked;
    const credentials = `${this.settings.get(jiraConfig.username) ?? ''}:${this.settings.get(jiraConfig.password) ?? ''}`;
    const headers = {
      accept: 'application/json',
      ...(shows && { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }),
      ...(body !== undefined && { 'content-type': JSON_TYPE }),
    };
    const answer = await this.http.send({ method, url, headers, ...(body !== undefined && { body }) });
    return parsedAnswer(answer, 'Jira');
  }
}
