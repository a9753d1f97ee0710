import { Injectable } from '@nestjs/common';
import { stringifyJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { cdeventsConfig } from './cdevents.config.js';
import { type BrokerMessage, envelopeOf } from './cdevents.message.js';

/** Posts CDEvents to brokers of CloudEvents. */
@Injectable()
export class CDEventsClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  async post(message: BrokerMessage): Promise<void> {
    const { url, id, source, type } = message;
    const legacy = this.settings.get(cdeventsConfig.legacyEncoding);
    const text = stringifyJson(envelopeOf(message, legacy ? '0.3' : '1.0'));
    const headers = {
      'ce-id': id,
      'ce-specversion': '1.0',
      'ce-source': source,
      'ce-type': type,
      'content-type': legacy ? 'application/json; charset=utf-8' : 'application/cloudevents+json; charset=utf-8',
    };
    await this.http.send({ method: 'POST', url, headers, body: legacy ? JSON.stringify(text) : text });
  }
}
