import type { CronTrigger } from './cron-trigger.js';

/** Somebody's wish that a trigger, or every cron trigger of an application, starts nothing for now. */
export interface Pause {
  readonly scope: 'trigger' | 'application';
  /** Key of the trigger, or name of the application. */
  readonly name: string;
  readonly note: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * Remembers pauses. Slots of a paused trigger pass; their starts are recorded as suppressed.
 *
 * What must hold with several instances: all of them see a pause as soon as it is written.
 */
export abstract class Pauses {
  /** Writes a pause; one of the same scope and name is replaced. */
  abstract put(pause: Pause): Promise<void>;

  abstract remove(scope: Pause['scope'], name: string): Promise<'removed' | 'unknown'>;

  abstract all(): Promise<Pause[]>;
}

/** The pause that holds a trigger back, its own before that of its application. */
export const pauseOf = (pauses: readonly Pause[], { key, application }: CronTrigger): Pause | undefined =>
  pauses.find(({ scope, name }) => scope === 'trigger' && name === key) ??
  pauses.find(({ scope, name }) => scope === 'application' && name === application);

/** As the reason of a suppressed start. */
export const pauseText = ({ scope, by, note }: Pause): string =>
  `${scope} paused by ${by}${note === '' ? '' : `: ${note}`}`;
