import type { JsonObject, JsonValue } from '../../platform/json/index.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (found) => ENTITIES[found] ?? found);

/** Every text in a view, at any depth, as text of HTML: what comes from events is never markup. */
export function escapedView(view: JsonObject): JsonObject {
  return escaped(view) as JsonObject;
}

function escaped(value: JsonValue): JsonValue {
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(escaped);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, escaped(member)]));
}
