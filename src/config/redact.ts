import { type JsonValue, isJsonList, isJsonObject } from '../platform/json/index.js';
import { canonicalName } from './key.js';

const SECRET_NAME =
  /password|passwd|secret|token|credential|apikey|accesskey|privatekey|signingkey|authorization|cookie|passphrase/;

const STARS = '***';

const namesIn = (key: string): string[] =>
  key
    .split(/[.[\]]+/)
    .filter((name) => name !== '' && !/^\d+$/.test(name))
    .map(canonicalName);

/** Whether a key names a secret by its last name. */
export const namesSecret = (key: string): boolean => SECRET_NAME.test(namesIn(key).at(-1) ?? '');

/** Whether a key names a secret, or is a header, which may hold one under any name. */
export const isSecretKey = (key: string): boolean => namesSecret(key) || namesIn(key).includes('headers');

/**
 * A value as it may be shown: `***` for a secret, and in addresses `***` for what stands before `@` (user and password,
 * with or without a scheme before them) and for query parameters that carry keys.
 */
export function redacted(text: string, key: string, secret: boolean): string {
  if (secret || isSecretKey(key)) return STARS;
  return text
    .replace(/(:\/\/)[^/?#\s]*@/g, `$1${STARS}@`)
    .replace(/^[^/?#\s:@]+:[^/?#\s@]*@/, `${STARS}@`)
    .replace(/([?&;](?:[\w-]*(?:password|token|secret)|key)=)[^&;\s]*/gi, `$1${STARS}`);
}

/** The same for every text in a structured value; `key` is that of the whole. */
export function redactedValue(value: JsonValue, key: string, secret: boolean): JsonValue {
  if (isJsonList(value)) return value.map((item) => redactedValue(item, key, secret));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, redactedValue(inner, `${key}.${name}`, secret)]),
    );
  }
  return typeof value === 'string' || secret || isSecretKey(key) ? redacted(String(value), key, secret) : value;
}
