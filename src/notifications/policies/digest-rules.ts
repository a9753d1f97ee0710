import type { Digest } from '../digests/digest.js';
import type { DigestRule } from './policies.config.js';

/** What a notification is held against. */
interface Intended {
  readonly channel: string;
  readonly address: string | undefined;
  readonly moment: string;
}

/**
 * The digest that a notification belongs to now, by the first rule that means it; nothing where none does. Windows begin
 * at whole multiples of their length, so that all instances agree; those that end in quiet hours end with these, as one.
 * @param now milliseconds since the epoch
 * @param quietUntil the end of the quiet hours that hold at an instant
 */
export function digestOf(
  rules: readonly DigestRule[],
  { channel, address, moment }: Intended,
  now: number,
  quietUntil: (at: number) => number | undefined,
): Digest | undefined {
  const rule = rules.find(
    (one) =>
      one.channel === channel &&
      (one.address === undefined || one.address === address) &&
      one.window > 0 &&
      !one.except.includes(moment),
  );
  if (!rule || address === undefined) return undefined;
  const from = Math.floor(now / rule.window) * rule.window;
  const end = from + rule.window;
  const due = quietUntil(end) ?? end;
  return { key: `${channel}/${address}/${due}`, channel, address, from, due };
}
