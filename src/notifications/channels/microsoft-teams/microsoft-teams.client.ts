import { Injectable, Logger } from '@nestjs/common';
import type { JsonObject } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { DeliveryError } from '../../delivery/failure.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { graphPathOf } from './graph-address.js';
import { GraphTeamsClient } from './graph-teams.client.js';
import { microsoftTeamsConfig } from './microsoft-teams.config.js';
import { type MicrosoftTeamsMessage, isRetired } from './microsoft-teams.message.js';

/** Posts to webhooks and workflows of Teams, whose addresses are secret. */
@Injectable()
export class MicrosoftTeamsClient {
  private readonly log = new Logger('Notifications');

  constructor(
    private readonly http: ProviderHttp,
    private readonly graph: GraphTeamsClient,
    private readonly settings: Settings,
  ) {}

  async post({ url, card }: MicrosoftTeamsMessage): Promise<void> {
    const path = graphPathOf(url);
    if (path !== undefined) return this.postByGraph(path, card);
    const { origin } = new URL(url);
    if (isRetired(url)) this.log.warn(`${origin}/*** is an Office connector, and these are retired: use a workflow.`);
    await this.http.postJson(url, card, { shownUrl: `${origin}/***`, publicOnly: true });
  }

  private async postByGraph(path: string, card: JsonObject): Promise<void> {
    if (this.settings.get(microsoftTeamsConfig.graph)) return this.graph.post(path, card);
    throw new DeliveryError('microsoftteams.graph is off: name a webhook, or switch it on', { status: 400 });
  }
}
