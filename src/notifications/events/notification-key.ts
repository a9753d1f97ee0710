import { createHash } from 'node:crypto';
import { type JsonObject, type JsonValue, stringifyJson } from '../../platform/json/index.js';
import { type Occasion, momentOf } from './occasion.js';

/** Which transition it was. A stage or execution that runs again has other times, and is another transition. */
function transitionOf({ kind, content, execution }: Occasion, inboxId: string): JsonValue[] {
  const { id = null } = execution;
  const times = ({ startTime = null, endTime = null }: JsonObject): JsonValue[] => [startTime, endTime];
  if (id === null) return [inboxId];
  if (kind !== 'stage') return [id, ...times(execution)];
  const { stageId = null } = content;
  return stageId === null ? [inboxId] : [id, stageId, ...times(content)];
}

/**
 * The identity of one notification about one transition: where orca reports a transition twice, people are told once.
 * An event that does not say which stage it is about is a transition of its own.
 *
 * @param ordinal which one among equal entries: who asks twice is told twice, as ever
 */
export function notificationKey(occasion: Occasion, preference: JsonObject, ordinal: string, inboxId: string): string {
  const { application = null } = occasion;
  const parts = [momentOf(occasion), application, ...transitionOf(occasion, inboxId), preference, ordinal];
  return createHash('sha256').update(stringifyJson(parts)).digest('hex');
}
