import { Injectable } from '@nestjs/common';
import { messageOf } from '../../../platform/errors/index.js';
import { urlsUnder } from '../../../platform/http/index.js';
import { type JsonObject, isJsonObject } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { word } from '../../events/phrases.js';
import { ProviderHttp, parsedAnswer } from '../../delivery/provider-http.js';
import { pagerDutyConfig } from './pager-duty.config.js';
import type { Page } from './pages.js';

/** Sends events by the API v1, as the original does. */
@Injectable()
export class PagerDutyClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  /** Never rejects because of PagerDuty. */
  async page(key: string, event: JsonObject): Promise<Page> {
    const url = urlsUnder(this.settings.get(pagerDutyConfig.endpoint))`generic/2010-04-15/create_event.json`;
    const headers = { authorization: `Token token=${this.settings.get(pagerDutyConfig.token) ?? ''}` };
    try {
      const answer = await this.http.postJson(url, { ...event, service_key: key }, { headers });
      return pageOf(key, parsedAnswer(answer, 'PagerDuty'));
    } catch (error) {
      return { kind: 'failed', key, message: messageOf(error) };
    }
  }
}

function pageOf(key: string, answer: unknown): Page {
  const { status, message } = isJsonObject(answer) ? answer : {};
  return status === 'success' ? { kind: 'taken' } : { kind: 'refused', key, message: word(message) };
}
