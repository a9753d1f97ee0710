import { type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';

type ListName = 'pipeline' | 'manuallyCreated';

const objects = (value: JsonValue | undefined): JsonObject[] =>
  value !== undefined && isJsonList(value) ? value.filter((item) => isJsonObject(item)) : [];

/** The cron triggers in what `GET /scheduledActions` answers. */
export const actionsIn = (answer: JsonObject, lists: readonly ListName[]): JsonObject[] =>
  lists.flatMap((name) => objects(answer[name]));
