import { Injectable, Logger } from '@nestjs/common';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { type MicrosoftTeamsMessage, isRetired } from './microsoft-teams.message.js';

/** Posts to webhooks and workflows of Teams, whose addresses are secret. */
@Injectable()
export class MicrosoftTeamsClient {
  private readonly log = new Logger('Notifications');

  constructor(private readonly http: ProviderHttp) {}

  async post({ url, card }: MicrosoftTeamsMessage): Promise<void> {
    const { origin } = new URL(url);
    if (isRetired(url)) this.log.warn(`${origin}/*** is an Office connector, and these are retired: use a workflow.`);
    await this.http.postJson(url, card, { shownUrl: `${origin}/***`, publicOnly: true });
  }
}
