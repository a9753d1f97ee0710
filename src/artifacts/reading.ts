import type { CompiledPath } from '../platform/json-path/index.js';
import { type JsonObject, type JsonValue, isJsonList, isJsonObject, javaText } from '../platform/json/index.js';

/** The texts that a constraint is looked for in, one after the other, and what to say when there is more to it. */
export interface Reading {
  readonly texts: readonly string[];
  /** Why there are no texts, or no more of them. */
  readonly otherwise?: string;
  /** Set where no payload can have texts: why the path cannot be used. */
  readonly fault?: string;
}

const nothing = (otherwise: string): Reading => ({ texts: [], otherwise });
const useless = (fault: string): Reading => ({ texts: [], otherwise: fault, fault });

/** A member is read as its text, whatever it is: `[a, b]` for a list, `{k=v}` for an object. */
export function memberReading(value: JsonValue): Reading {
  return { texts: [javaText(value)] };
}

/**
 * What a path leads to is read as text where it has one. The items of a list are read one by one up to the first that is
 * not a text: there the original gives up.
 */
export function pathReading(key: string, path: CompiledPath, document: JsonObject): Reading {
  if (path.kind === 'invalid')
    return isMeantAsPath(key) ? useless(`an invalid path: ${path.reason}`) : nothing('nothing');
  const result = path.path.evaluate(document);
  if (result.kind === 'missing') return nothing(result.reason ?? 'nothing');
  const { value } = result;
  if (isJsonList(value)) return listReading(value);
  if (isJsonObject(value)) return Object.keys(value).length === 0 ? { texts: [''] } : nothing('an object');
  return value === null ? nothing('null') : { texts: [javaText(value)] };
}

/** Any other key may be the name of a member that this payload lacks. */
function isMeantAsPath(key: string): boolean {
  return key.startsWith('$') || key.startsWith('@');
}

function listReading(list: readonly JsonValue[]): Reading {
  const end = list.findIndex((item) => typeof item !== 'string');
  const texts = (end < 0 ? list : list.slice(0, end)) as readonly string[];
  if (end >= 0) return { texts, otherwise: `a list with ${javaText(list[end] ?? null)} in it, which is not a text` };
  return list.length === 0 ? nothing('an empty list') : { texts };
}
