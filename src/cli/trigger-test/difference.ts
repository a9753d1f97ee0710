import { type JsonValue, isJsonList, isJsonObject } from '../../platform/json/index.js';

/** A place where what is there is not what was expected. */
export interface Difference {
  /** As in `trigger.parameters.env` or `receivedArtifacts[0].name`. */
  readonly place: string;
  readonly expected: JsonValue;
  /** `undefined` where there is nothing. */
  readonly actual: JsonValue | undefined;
}

const within = (place: string, member: string): string => (place === '' ? member : `${place}.${member}`);

/**
 * Where `actual` lacks something of `expected`: an object may have more members, a list must have the same items, and
 * `null` stands for nothing.
 */
export function differences(expected: JsonValue, actual: JsonValue | undefined, place = ''): Difference[] {
  if (isJsonObject(expected) && isJsonObject(actual)) {
    return Object.entries(expected).flatMap(([member, value]) =>
      differences(value, actual[member], within(place, member)),
    );
  }
  if (isJsonList(expected) && isJsonList(actual) && expected.length === actual.length) {
    return expected.flatMap((item, i) => differences(item, actual[i], `${place}[${i}]`));
  }
  return JSON.stringify(expected) === JSON.stringify(actual ?? null) ? [] : [{ place, expected, actual }];
}
