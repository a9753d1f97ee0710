import type { Trigger } from '../pipelines/index.js';

/** Members of a trigger that an event decides; `undefined` takes one away. */
export type TriggerChanges = { readonly [K in keyof Trigger]?: Trigger[K] | undefined };

/** The trigger with what an event says instead of what is configured. */
export function filledIn(trigger: Trigger, changes: TriggerChanges): Trigger {
  const filled: Record<string, unknown> = { ...trigger };
  for (const [name, value] of Object.entries(changes)) {
    if (value !== undefined) filled[name] = value;
    else if (name in filled) Reflect.deleteProperty(filled, name);
  }
  return filled as unknown as Trigger;
}
