import type { Silence } from './policies.config.js';

/** What a notification is held against. */
export interface Intended {
  readonly application: string | undefined;
  readonly channel: string;
  readonly address: string | undefined;
}

const covers = (wanted: string | undefined, actual: string | undefined): boolean =>
  wanted === undefined || wanted === actual;

/**
 * Why a notification is held back, where a silence covers it.
 * @param now milliseconds since the epoch
 */
export function silencedBy(silences: readonly Silence[], intended: Intended, now: number): string | undefined {
  const found = silences.find(
    ({ application, channel, address, until }) =>
      Date.parse(until) > now &&
      covers(application, intended.application) &&
      covers(channel, intended.channel) &&
      covers(address, intended.address),
  );
  return found && `silenced until ${found.until}: ${found.reason}`;
}
