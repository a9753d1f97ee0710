import { type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';

/** A text out of an answer; empty where there is none. */
export const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** An object out of an answer; empty where there is none. */
export const objectOf = (value: JsonValue | undefined): JsonObject => (value && isJsonObject(value) ? value : {});

/** The objects in a list out of an answer; none where there is no list. */
export const objectsIn = (value: JsonValue | undefined): JsonObject[] =>
  value && isJsonList(value) ? value.filter((item) => isJsonObject(item)) : [];
