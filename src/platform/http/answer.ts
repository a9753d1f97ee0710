import { messageOf } from '../errors/index.js';
import { type JsonObject, type JsonValue, isJsonList, isJsonObject, parseJson } from '../json/index.js';
import { BadAnswerError, type HttpAnswer, type HttpCall, UnusableAnswerError } from './http.js';
import { titleOf } from './title.js';

type Asked = Pick<HttpCall, 'method' | 'url'>;

const EXCERPT = 200;

const excerptOf = (text: string): string => messageOf(text.slice(0, EXCERPT));

/** What the peer says for itself, where it answers as Spinnaker services do: JSON with a `message`. */
function peersMessage(body: string): string | undefined {
  try {
    const parsed = parseJson(body);
    const message = isJsonObject(parsed) ? parsed['message'] : undefined;
    return typeof message === 'string' && message !== '' ? excerptOf(message) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The JSON of an answer; null where a successful one has no body. Throws `BadAnswerError` for any status but 2xx, and
 * `UnusableAnswerError` for what is no JSON.
 */
export function jsonOf(asked: Asked, answer: HttpAnswer): JsonValue {
  const { status, body } = answer;
  if (status < 200 || status > 299) {
    const message = peersMessage(body);
    throw new BadAnswerError(`${titleOf(asked)} answered ${status}${message ? `: ${message}` : ''}`, answer);
  }
  if (body === '') return null;
  try {
    return parseJson(body);
  } catch {
    throw new UnusableAnswerError(`${titleOf(asked)} answered ${status} with what is no JSON: ${excerptOf(body)}`);
  }
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (isJsonList(value)) return 'a list';
  return isJsonObject(value) ? 'an object' : `the bare value ${excerptOf(String(value))}`;
}

/** The answer as an object, or an `UnusableAnswerError` that names the peer. */
export function asObject(value: JsonValue, peer: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new UnusableAnswerError(`${peer} answered ${kindOf(value)} where an object was expected`);
}

/** The answer as a list, or an `UnusableAnswerError` that names the peer. */
export function asList(value: JsonValue, peer: string): readonly JsonValue[] {
  if (isJsonList(value)) return value;
  throw new UnusableAnswerError(`${peer} answered ${kindOf(value)} where a list was expected`);
}
