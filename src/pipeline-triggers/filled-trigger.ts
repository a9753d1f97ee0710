import type { Trigger } from '../pipelines/index.js';

/** Members of a trigger that an event decides; `undefined` takes one away. */
export type TriggerChanges = { readonly [K in keyof Trigger]?: Trigger[K] | undefined };

/** The trigger with what an event says instead of what is configured. */
export function filledIn(trigger: Trigger, changes: TriggerChanges): Trigger {
  const members = Object.entries({ ...trigger, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as unknown as Trigger;
}
