import type { JsonObject, JsonValue } from './json-value.js';

/**
 * JavaScript moves members with number-like names (`"2"`) to the front of an object. Where a document has them
 * elsewhere, their order is kept under this key: it decides the text, and so the derived id, of a trigger. A spread
 * copies it; members added or removed since are put up with.
 */
const DOCUMENT_ORDER: unique symbol = Symbol('document order');

/** An object under construction. */
export type JsonObjectDraft = Record<string, JsonValue> & { [DOCUMENT_ORDER]?: readonly string[] };

/** The member of that name, never something inherited such as `constructor`. */
export function memberOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a member whatever its name: a plain assignment to `__proto__` would change the prototype instead. */
export function setMember(draft: JsonObjectDraft, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(draft, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    draft[key] = value;
  }
}

/** The names of an object's members in the order of the document it was read from. */
export function keysOf(object: JsonObject): readonly string[] {
  const keys = Object.keys(object);
  const order = orderOf(object);
  if (order === undefined) return keys;
  const present = new Set(keys);
  return [...new Set([...order.filter((key) => present.has(key)), ...keys])];
}

/** The order of the document, where it differs from JavaScript's. */
export function orderOf(object: JsonObject): readonly string[] | undefined {
  return (object as JsonObjectDraft)[DOCUMENT_ORDER];
}

export function keepOrder(draft: JsonObjectDraft, order: readonly string[] | undefined): void {
  if (order !== undefined) draft[DOCUMENT_ORDER] = order;
}
