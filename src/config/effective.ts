import type { Setting } from '../platform/settings/index.js';
import { whereOf } from './entry.js';
import { redacted } from './redact.js';
import type { Resolved } from './values/resolve.js';

/** One value that holds, as it may be shown to anybody. */
export interface EffectiveSetting {
  /** Of a structured setting the place inside it too: `rest.endpoints[0].url`. */
  readonly key: string;
  /** `***` for a secret, `null` where nothing is set and there is no default. */
  readonly value: string | null;
  /** `config/echo.yml:4`, `variable ORCA_BASEURL`, `built-in base.yml:7` or `default`. */
  readonly origin: string;
}

/** A default as people write it. */
export function defaultText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rowsOf(setting: Setting<unknown>, { value, written }: Resolved): EffectiveSetting[] {
  const secret = setting.secret === true;
  if (written.length === 0) {
    const text = defaultText(value);
    return [{ key: setting.key, value: text && redacted(text, setting.key, secret), origin: 'default' }];
  }
  return written.map(({ key, text, origin }) => ({ key, value: redacted(text, key, secret), origin: whereOf(origin) }));
}

/** One row for every value of the settings, in their order. */
export function effectiveSettings(
  settings: readonly Setting<unknown>[],
  resolvedOf: (setting: Setting<unknown>) => Resolved,
): EffectiveSetting[] {
  return settings.flatMap((setting) => rowsOf(setting, resolvedOf(setting)));
}
