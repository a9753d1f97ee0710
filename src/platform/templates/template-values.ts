import { ExactNumber, type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../json/index.js';

/** Values as template engines take them: objects that inherit nothing, and exact numbers as their text. */
export function templateValues(values: JsonObject): Record<string, unknown> {
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(values)) copy[key] = templateValue(values[key] ?? null);
  return copy;
}

function templateValue(value: JsonValue): unknown {
  if (value instanceof ExactNumber) return value.toString();
  if (isJsonList(value)) return value.map(templateValue);
  return isJsonObject(value) ? templateValues(value) : value;
}
