import { type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';
import { escapeHtml, escapeSlack } from '../text/escape.js';

/** What a template's text is read by. */
export type Medium = 'html' | 'slack' | 'plain';

const ESCAPES: Readonly<Record<Medium, (text: string) => string>> = {
  html: escapeHtml,
  slack: escapeSlack,
  plain: (text) => text,
};

function escaped(value: JsonValue, escape: (text: string) => string): JsonValue {
  if (typeof value === 'string') return escape(value);
  if (isJsonList(value)) return value.map((item) => escaped(item, escape));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, escaped(member, escape)]));
}

/** The values with every text in them escaped: whatever a template does with one, it stays a text. */
export const escapedFor = (medium: Medium, values: JsonObject): JsonObject =>
  escaped(values, ESCAPES[medium]) as JsonObject;
