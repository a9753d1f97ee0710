import { type Setting, Settings } from '../../src/platform/settings/index.js';

/** Settings as a test gives them, by key in camelCase; all others have their default. */
export class TestSettings extends Settings {
  private readonly values: Map<string, unknown>;

  constructor(values: Readonly<Record<string, unknown>> = {}) {
    super();
    this.values = new Map(Object.entries(values));
  }

  get<T>(setting: Setting<T>): T {
    return (this.values.has(setting.key) ? this.values.get(setting.key) : setting.default) as T;
  }

  isSet(setting: Setting<unknown>): boolean {
    return this.values.has(setting.key);
  }

  originOf(setting: Setting<unknown>): string {
    return this.isSet(setting) ? 'test' : 'default';
  }

  /** Changes a value, as an operator does while Echo is running. */
  set(key: string, value: unknown): void {
    this.values.set(key, value);
  }
}
