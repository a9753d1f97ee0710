import type { Setting } from './setting.js';

/**
 * The effective configuration: built-in values, files and environment merged and checked.
 * With several instances every instance reads its own files; settings kept in SQL are shared by all.
 */
export abstract class Settings {
  /**
   * The current value of a setting; of a dynamic one always the latest good value, so read it at the moment of use
   * and do not keep it.
   */
  abstract get<T>(setting: Setting<T>): T;

  /** Whether the operator or a profile wrote the key, or only its default holds. */
  abstract isSet(setting: Setting<unknown>): boolean;

  /** Where the current value comes from, in words: `config/echo.yml:4`, `default`, or who changed it, when and why. */
  abstract originOf(setting: Setting<unknown>): string;
}
