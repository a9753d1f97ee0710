import type { Effect } from '../../outbox/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { shownTime } from '../rendering/times.js';

const TONES: Readonly<Record<Effect['state'], string>> = { pending: '', done: 'good', suppressed: 'held', dead: 'bad' };

/** How an effect stands: what every list of effects shows. */
export const effectView = (effect: Effect): JsonObject => {
  const { id, createdAt, kind, key, state, attempts, lastError, suppressedBy, discarded, handled, cause } = effect;
  return {
    id,
    at: shownTime(createdAt),
    kind,
    what: key.replaceAll('\n', ' '),
    state: discarded === undefined ? state : 'discarded',
    tone: discarded === undefined ? TONES[state] : 'held',
    attempts,
    why: discarded ?? lastError ?? suppressedBy ?? '',
    handled: handled ? `${handled.did} by ${handled.by} at ${shownTime(handled.at)}` : '',
    inboxId: cause.inboxId ?? '',
    // Only these can be tried again, or put aside.
    isDead: state === 'dead' && discarded === undefined,
  };
};
