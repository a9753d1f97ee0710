import { Injectable } from '@nestjs/common';
import { shownUrl } from '../../../platform/http/index.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import type { GoogleChatMessage } from './google-chat.message.js';

/** Posts to webhooks of Google Chat. Rejects with a `DeliveryError` in Google's words. */
@Injectable()
export class GoogleChatClient {
  constructor(private readonly http: ProviderHttp) {}

  async post({ url, card }: GoogleChatMessage): Promise<void> {
    await this.http.postJson(url, card, { shownUrl: shownUrl(url) });
  }
}
