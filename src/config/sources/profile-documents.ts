import type { Entry } from '../entry.js';

/** The key alone or its list; `spring.profiles.active` and the like are no conditions. */
const CONDITION = /^spring\.(?:config\.activate\.onprofile|profiles)(?:\[\d+\])?$/;

/** Conditions that a document asks for, by a list or by a text with commas or bars. */
function conditionsOf(entries: readonly Entry[]): string[] {
  return entries
    .filter(({ path }) => CONDITION.test(path))
    .flatMap(({ leaf }) => (typeof leaf === 'string' ? leaf.split(/[,|]/) : []))
    .map((condition) => condition.replace(/[()]/g, '').trim())
    .filter((condition) => condition !== '');
}

/**
 * Whether one of several documents in a file holds: Spring's files may end in documents for some profiles only
 * (`spring.profiles: worker`, `spring.config.activate.on-profile: "!test & prod"`).
 */
export function documentHolds(entries: readonly Entry[], active: ReadonlySet<string>): boolean {
  const asked = conditionsOf(entries);
  const isActive = (name: string): boolean =>
    name.startsWith('!') ? !active.has(name.slice(1).trim()) : active.has(name);
  const holds = (condition: string): boolean => condition.split('&').every((name) => isActive(name.trim()));
  return asked.length === 0 || asked.some(holds);
}
