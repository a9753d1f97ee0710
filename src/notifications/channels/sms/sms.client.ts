import { Injectable } from '@nestjs/common';
import { urlsUnder } from '../../../platform/http/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { smsConfig } from './sms.config.js';
import type { SmsMessage } from './sms.message.js';

/** Has Twilio send messages. Rejects with a `DeliveryError` in Twilio's words. */
@Injectable()
export class SmsClient {
  constructor(
    private readonly http: ProviderHttp,
    private readonly settings: Settings,
  ) {}

  async send({ to, text }: SmsMessage): Promise<void> {
    const account = this.settings.get(smsConfig.account) ?? '';
    const credentials = Buffer.from(`${account}:${this.settings.get(smsConfig.token) ?? ''}`).toString('base64');
    const url = urlsUnder(this.settings.get(smsConfig.baseUrl))`2010-04-01/Accounts/${account}/Messages.json`;
    const fields = { From: this.settings.get(smsConfig.from), To: to ?? undefined, Body: text };
    await this.http.postForm(url, fields, { headers: { authorization: `Basic ${credentials}` } });
  }
}
