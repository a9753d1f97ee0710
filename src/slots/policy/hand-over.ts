import type { Settings } from '../../platform/settings/index.js';
import { policyConfig } from './policy.config.js';

/**
 * Why a slot is another Echo's, for people; `undefined` where this one fires it. While two of them hand over to each other
 * a slot belongs to one of them by its instant alone, so that both can be told the same without seeing each other.
 *
 * @param at the instant of the slot, milliseconds since the epoch
 */
export function firedByAnother(at: number, settings: Settings): string | undefined {
  const [from, until] = [settings.get(policyConfig.from), settings.get(policyConfig.until)];
  const isEarly = from !== undefined && at < Date.parse(from);
  const isLate = until !== undefined && at >= Date.parse(until);
  // Over to the other one and back: this one fired before the gap, and fires after it.
  const isGap = from !== undefined && until !== undefined && Date.parse(until) < Date.parse(from);
  if (isGap ? !(isEarly && isLate) : !isEarly && !isLate) return undefined;
  return isEarly
    ? `another Echo fires this slot: ${policyConfig.from.key} is ${from}`
    : `another Echo fires this slot: ${policyConfig.until.key} is ${until}`;
}
