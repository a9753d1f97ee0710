import { InvalidRequestError } from '../../../platform/errors/index.js';
import type { JsonObject } from '../../../platform/json/index.js';
import { graphPathOf } from './graph-address.js';

export type MicrosoftTeamsMessage = {
  readonly url: string;
  readonly card: JsonObject;
};

/** The message to a webhook, or to a place at Graph. Throws a 400 for an address that has no path, which can be none. */
export function messageTo(address: string, card: JsonObject): MicrosoftTeamsMessage {
  if (graphPathOf(address) !== undefined) return { url: address, card };
  if (!URL.canParse(address)) throw new InvalidRequestError(`Invalid URL: ${address}`, 'invalid-address');
  if (/^\/?$/.test(new URL(address).pathname)) {
    throw new InvalidRequestError('Unable to determine relative path from Microsoft Teams webhook URL.');
  }
  return { url: address, card };
}

/** Webhooks of Office connectors, which Microsoft has shut down. */
export const isRetired = (url: string): boolean => /outlook\.office\.com\/webhook|office365\.com/i.test(url);
