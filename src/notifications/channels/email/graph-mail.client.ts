import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/index.js';
import { Settings } from '../../../platform/settings/index.js';
import { ProviderHttp } from '../../delivery/provider-http.js';
import { GraphClient } from '../../graph/graph.client.js';
import { GraphTokens } from '../../graph/graph-tokens.js';
import { graphConfig } from '../../graph/graph.config.js';
import { emailConfig } from './email.config.js';
import type { EmailMessage } from './email.message.js';

const recipients = (addresses: readonly string[]) => addresses.map((address) => ({ emailAddress: { address } }));

/** Sends mails through Microsoft Graph, as the application (permission Mail.Send), from the mailbox of the sender. */
@Injectable()
export class GraphMailClient {
  private readonly tokens: GraphTokens;

  constructor(
    private readonly graph: GraphClient,
    http: ProviderHttp,
    clock: Clock,
    private readonly settings: Settings,
  ) {
    const scope = `${settings.get(graphConfig.endpoint).replace(/\/$/, '')}/.default`;
    this.tokens = new GraphTokens(http, settings, clock, () => ({ grant_type: 'client_credentials', scope }));
  }

  /** Rejects with a `DeliveryError` in Microsoft's words. Graph takes one alternative only: the HTML. */
  async send({ to, cc, subject, html }: EmailMessage): Promise<void> {
    const message = {
      subject,
      body: { contentType: 'HTML', content: html },
      toRecipients: recipients(to),
      ccRecipients: recipients(cc),
    };
    const from = encodeURIComponent(this.settings.get(emailConfig.from) ?? '');
    await this.graph.post(`/users/${from}/sendMail`, { message, saveToSentItems: false }, this.tokens);
  }
}
