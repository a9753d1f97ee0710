import {
  ExactNumber,
  type JsonObject,
  type JsonValue,
  isJsonList,
  javaText,
  keysOf,
} from '../../platform/json/index.js';

/** A value as the original's messages show it: `[a:1, b:[x, y], c:[:]]`, texts bare (edges.md §2.7). */
export function groovyText(value: JsonValue): string {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return javaText(value);
  if (isJsonList(value)) return `[${value.map(groovyText).join(', ')}]`;
  return objectText(value);
}

function objectText(object: JsonObject): string {
  const members = keysOf(object).map((key) => `${key}:${groovyText(object[key] ?? null)}`);
  return members.length === 0 ? '[:]' : `[${members.join(', ')}]`;
}
