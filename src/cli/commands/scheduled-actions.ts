import type { JsonObject } from '../../platform/json/index.js';
import { objectsIn } from './answers.js';

type ListName = 'pipeline' | 'manuallyCreated';

/** The cron triggers in what `GET /scheduledActions` answers. */
export const actionsIn = (answer: JsonObject, lists: readonly ListName[]): JsonObject[] =>
  lists.flatMap((name) => objectsIn(answer[name]));
