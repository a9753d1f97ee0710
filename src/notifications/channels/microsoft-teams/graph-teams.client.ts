import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/index.js';
import { EchoError, messageOf } from '../../../platform/errors/index.js';
import { type JsonObject, isJsonList, stringifyJson } from '../../../platform/json/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { objectOf } from '../../events/occasion.js';
import { GraphClient } from '../../graph/graph.client.js';
import { type Grant, GraphTokens } from '../../graph/graph-tokens.js';
import { graphConfig } from '../../graph/graph.config.js';
import { microsoftTeamsConfig } from './microsoft-teams.config.js';

const SCOPE = 'offline_access ChannelMessage.Send ChatMessage.Send';

/** The card inside of an envelope for webhooks. */
function contentOf({ attachments }: JsonObject): JsonObject {
  return objectOf(objectOf(isJsonList(attachments) ? attachments[0] : undefined)['content']);
}

/** Posts into channels and chats as the user who lent Echo a token, which is renewed and kept in a file. */
@Injectable()
export class GraphTeamsClient implements OnModuleInit {
  private readonly log = new Logger('Notifications');
  private readonly tokens: GraphTokens;

  constructor(
    private readonly graph: GraphClient,
    http: ProviderHttp,
    clock: Clock,
    private readonly settings: Settings,
  ) {
    this.tokens = new GraphTokens(
      http,
      settings,
      clock,
      () => this.grant(),
      (token) => this.keep(token),
    );
  }

  /** Graph takes messages to channels and chats from users only. */
  onModuleInit(): void {
    const { graph, tokenFile } = microsoftTeamsConfig;
    if (!this.settings.get(graph) || this.settings.get(tokenFile) !== undefined) return;
    throw new EchoError(
      `${graph.key} is on without ${tokenFile.key}: Microsoft Graph refuses messages of an application (app-only token), ` +
        `so write the refresh token of a user who consented to ChannelMessage.Send into a file and name that.`,
      { code: 'app-only-token' },
    );
  }

  /** Rejects with a `DeliveryError` in Microsoft's words. */
  async post(path: string, card: JsonObject): Promise<void> {
    const id = randomUUID();
    const contentType = 'application/vnd.microsoft.card.adaptive';
    const message = {
      body: { contentType: 'html', content: `<attachment id="${id}"></attachment>` },
      attachments: [{ id, contentType, content: stringifyJson(contentOf(card)) }],
    };
    await this.graph.post(path, message, this.tokens);
  }

  private grant(): Grant {
    const file = this.settings.get(microsoftTeamsConfig.tokenFile) ?? '';
    const host = this.settings.get(graphConfig.endpoint).replace(/\/$/, '');
    const scope = SCOPE.replace(/\S+\.\S+/g, (permission) => `${host}/${permission}`);
    return { grant_type: 'refresh_token', refresh_token: readFileSync(file, 'utf8').trim(), scope };
  }

  /** Microsoft gives a new refresh token with every token; the old one ends one day. */
  private keep(token: string): void {
    const file = this.settings.get(microsoftTeamsConfig.tokenFile) ?? '';
    try {
      writeFileSync(`${file}.new`, token, { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      this.log.error(`The new token for Microsoft Graph cannot be kept: ${messageOf(error)}`);
    }
  }
}
