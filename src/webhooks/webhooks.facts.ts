import { fact } from '../events/index.js';

/** A webhook that was not signed as its source has to be. */
export interface WebhookRefused {
  readonly type: string;
  readonly source: string;
  readonly reason: string;
  /** Whether it was turned away, or taken since the source need not be signed yet. */
  readonly answered: 'refused' | 'accepted';
  /** The address that it came from. */
  readonly sender: string;
}

export const webhookRefused = fact<WebhookRefused>('webhook.refused', {
  description: 'A webhook was not signed, or wrongly, where `webhooks.signatures` asks for it.',
  publisher: 'webhooks',
  subscribers: [],
});
