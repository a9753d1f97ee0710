import type { JsonValue } from '../../platform/json/index.js';

/** What somebody did to a live setting while Echo was running. */
export interface SettingChange {
  /** As the setting is declared, in camelCase. */
  readonly key: string;
  /** Only instances with this `echo.cluster` are meant; all where it is absent. */
  readonly cluster?: string | undefined;
  /** Absent where the change before was taken back: what files and variables say holds again. */
  readonly value?: JsonValue;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly why: string;
}

/**
 * Remembers what was changed while Echo was running. Of each key and scope the latest change holds.
 *
 * What must hold with several instances: over a database all of them see the same changes, and hear of a new one within
 * a second.
 */
export abstract class SettingChanges {
  /** How long changes hold, and for whom, in words. */
  abstract readonly reach: string;

  abstract add(change: SettingChange): Promise<void>;

  /** The changes that hold: the latest of each key and scope, without those that were taken back. */
  abstract inForce(): Promise<SettingChange[]>;

  /** What was done to a setting, newest first. */
  abstract history(key: string, limit: number): Promise<SettingChange[]>;

  /** Calls `listener` whenever somebody else may have changed something. */
  abstract watch(listener: () => Promise<void>): void;
}
