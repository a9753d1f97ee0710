import { type JsonObject, type JsonValue, isJsonList } from '../../platform/json/index.js';
import { objectOf } from '../events/occasion.js';

const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Fri, 14 Jul 2017` for milliseconds since the epoch. */
function dayOf(time: JsonValue | undefined): string | null {
  if (time === undefined || time === null || Number.isNaN(Number(time))) return null;
  return DAY.format(Number(time));
}

function viewOf(entry: JsonObject, index: number): JsonObject {
  const resource = objectOf(entry['resource']);
  const seen = objectOf(resource['lastSeenInfo']);
  const { name = null, resourceId = null } = resource;
  return {
    ...entry,
    number: index + 1,
    resourceId,
    name: name === resourceId ? null : name,
    createdOn: dayOf(resource['createTs']),
    lastSeen: dayOf(seen['timeSeen']),
    lastUser: seen['usedByResourceIdentifier'] ?? null,
  };
}

/** What swabbie is about to clean up, with its dates in words. */
export function resourcesOf({ resources }: JsonObject): readonly JsonObject[] {
  return isJsonList(resources) ? resources.map((entry, index) => viewOf(objectOf(entry), index)) : [];
}
