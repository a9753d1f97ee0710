import type { Trigger } from '../pipelines/index.js';

/** What leads from an event to the triggers that may match it. */
export type TriggerKey =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'incomplete'; readonly missing: readonly string[] };

/** One key of several values. A value that an event lacks equals none that a trigger has. */
export const lookUpKey = (...values: readonly (string | undefined)[]): string =>
  values.map((value) => value ?? '\0').join('\n');

/** The key of a trigger made of members that must be there; a null or missing one makes the trigger incomplete. */
export function keyOf(trigger: Trigger, members: readonly (keyof Trigger)[]): TriggerKey {
  const missing = members.filter((member) => trigger[member] === undefined || trigger[member] === null);
  if (missing.length > 0) return { kind: 'incomplete', missing };
  return { kind: 'key', key: lookUpKey(...members.map((member) => String(trigger[member]))) };
}

/** The same key where upper and lower case are one; the event's key needs `toLowerCase()` then. */
export const ignoringCase = (key: TriggerKey): TriggerKey =>
  key.kind === 'key' ? { kind: 'key', key: key.key.toLowerCase() } : key;
