import { Injectable } from '@nestjs/common';
import { front50Config, igorConfig, keelConfig, orcaConfig } from '../../clients/index.js';
import { JSON_TYPE, HttpTransport, identityHeaders, urlsUnder } from '../../platform/http/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { stringifyJson } from '../../platform/json/index.js';
import { type Identity, asUser } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { refusal } from '../delivery/failure.js';
import { notificationsConfig } from '../notifications.config.js';
import type { Interaction } from './interaction.js';

/** Services whose address has a setting of its own. */
const KNOWN = [front50Config.baseUrl, igorConfig.baseUrl, keelConfig.baseUrl, orcaConfig.baseUrl];

const DEADLINE_MS = 20_000;

/** Tells services of Spinnaker what people answered to what they had asked (notifications.md §4). */
@Injectable()
export class CallbackServices {
  constructor(
    private readonly transport: HttpTransport,
    private readonly settings: Settings,
  ) {}

  /** Rejects with a 400 for a service without an address, and with the service's own status where that refuses. */
  async tell({ serviceId, messageId, user, action }: Interaction, identity: Identity): Promise<void> {
    const url = urlsUnder(this.addressOf(serviceId))`notifications/callback`;
    const headers = {
      'content-type': JSON_TYPE,
      ...identityHeaders(asUser(identity, user ?? undefined), this.settings),
    };
    const body = stringifyJson({ actionPerformed: { type: 'button', ...action }, serviceId, messageId, user });
    const call = { method: 'POST', url, headers, body, deadlineMs: DEADLINE_MS } as const;
    const answer = await this.transport.send(call);
    if (answer.status < 200 || answer.status > 299) throw refusal(call, answer);
  }

  private addressOf(serviceId: string): string {
    const own = KNOWN.find(({ key }) => key === `${serviceId}.baseUrl`);
    const others = this.settings.get(notificationsConfig.callbackServices);
    const address = own && this.settings.isSet(own) ? this.settings.get(own) : others[serviceId];
    if (address !== undefined) return address;
    throw new InvalidRequestError(`Base URL for service ${serviceId} not found in the configuration.`);
  }
}
