import { ExactNumber } from './exact-number.js';
import { isJsonList, type JsonObject, type JsonValue } from './json-value.js';
import { keepOrder, orderOf, setMember, type JsonObjectDraft } from './members.js';

/**
 * Leaves out the members of objects that are null or undefined, at every depth; nulls inside lists stay. That is what
 * the original sends to orca, which cannot read null members. Returns the very same value where nothing has to go.
 */
export function withoutNulls(value: JsonObject): JsonObject;
export function withoutNulls(value: JsonValue): JsonValue;
export function withoutNulls(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || value instanceof ExactNumber) return value;
  return isJsonList(value) ? cleanList(value) : cleanObject(value);
}

function cleanList(list: readonly JsonValue[]): readonly JsonValue[] {
  let copy: JsonValue[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const item = list[index] ?? null;
    const clean = withoutNulls(item);
    if (clean !== item) copy ??= list.slice(0, index);
    copy?.push(clean);
  }
  return copy ?? list;
}

function cleanObject(object: JsonObject): JsonObject {
  let copy: JsonObjectDraft | undefined;
  for (const key in object) {
    const member = object[key] ?? null;
    const clean = withoutNulls(member);
    if (clean === null || clean !== member) copy ??= membersBefore(key, object);
    if (copy !== undefined && clean !== null) setMember(copy, key, clean);
  }
  return copy ?? object;
}

function membersBefore(end: string, object: JsonObject): JsonObjectDraft {
  const copy: JsonObjectDraft = {};
  keepOrder(copy, orderOf(object));
  for (const key in object) {
    if (key === end) break;
    setMember(copy, key, object[key] ?? null);
  }
  return copy;
}
