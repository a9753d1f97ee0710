import { type JsonObject, type JsonValue, isJsonList, isJsonObject, javaText } from '../../platform/json/index.js';
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

/** The entries of `notifications` that the execution, or the stage, carries (notifications.md §2.3). */
export function preferencesOf(occasion: Occasion): readonly JsonObject[] {
  if (occasion.kind !== 'stage') return objectsIn(occasion.execution['notifications']);
  const { context } = occasion;
  if (!isTrue(context['sendNotifications']) || isSynthetic(occasion)) return [];
  return objectsIn(context['notifications']);
}

/** A list has to name the moment, a text to contain it. */
export function isMeant(when: JsonValue | undefined, moment: string): boolean {
  if (typeof when === 'string') return when.includes(moment);
  return isJsonList(when) && when.includes(moment);
}

/**
 * Whether an entry is meant for the occasion.
 * @param endedBy of its channel: moments at which also those are told who asked for another
 */
export function isMeantFor(
  { when }: JsonObject,
  occasion: Occasion,
  endedBy: Readonly<Record<string, string>> = {},
): boolean {
  const moment = momentOf(occasion);
  const begun = endedBy[moment];
  return isMeant(when, moment) || (begun !== undefined && isMeant(when, begun));
}

/** A text of the entry, where it has one that is not empty; other values count as their text. */
export function textOf(source: JsonObject, member: string): string | undefined {
  const value = source[member];
  return value ? javaText(value) : undefined;
}

/** What the author of the pipeline wrote for this moment. */
export const messageFor = (preference: JsonObject, occasion: Occasion): string | undefined =>
  textOf(objectOf(objectOf(preference['message'])[momentOf(occasion)]), 'text');

/** Where the entry wants to be sent to. */
export function addressOf({ address = null }: JsonObject): string | undefined {
  return address === null ? undefined : javaText(address);
}
