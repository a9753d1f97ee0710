import { type JsonObject, type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';
import { type Occasion, isTrue, momentOf, objectOf } from './occasion.js';

const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonList(value) ? value.filter((item) => isJsonObject(item)) : [];

/** A stage that orca made up by itself. Where an event leaves it open nobody is told, as in the original. */
function isSynthetic({ content, context }: Occasion): boolean {
  const own = content['isSynthetic'] ?? null;
  if (own !== null) return isTrue(own);
  if (!isJsonObject(context['stageDetails'])) return false;
  const detail = context['stageDetails']['isSynthetic'] ?? null;
  return detail === null || isTrue(detail);
}

/** The notifications that the execution, or the stage, carries (notifications.md §2.3). */
function carriedBy(occasion: Occasion): readonly JsonObject[] {
  if (occasion.kind !== 'stage') return objectsIn(occasion.execution['notifications']);
  const { context } = occasion;
  if (!isTrue(context['sendNotifications']) || isSynthetic(occasion)) return [];
  return objectsIn(context['notifications']);
}

/** A list has to name the moment, a text to contain it. */
function isMeant(when: JsonValue | undefined, moment: string): boolean {
  if (typeof when === 'string') return when.includes(moment);
  return isJsonList(when) && when.includes(moment);
}

/** The entries of `notifications` that are meant for the occasion. */
export function preferencesFor(occasion: Occasion): readonly JsonObject[] {
  const moment = momentOf(occasion);
  return carriedBy(occasion).filter(({ when }) => isMeant(when, moment));
}

/** A text of the entry, where it has one that is not empty. */
export function textOf(source: JsonObject, member: string): string | undefined {
  const value = source[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the author of the pipeline wrote for this moment. */
export const messageFor = (preference: JsonObject, occasion: Occasion): string | undefined =>
  textOf(objectOf(objectOf(preference['message'])[momentOf(occasion)]), 'text');
