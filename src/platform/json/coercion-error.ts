import { InvalidRequestError } from '../errors/index.js';
import { ExactNumber } from './exact-number.js';
import { isJsonList, type JsonValue } from './json-value.js';

/** A document does not have the shape it should: says where, what was expected and what stood there. */
export class CoercionError extends InvalidRequestError {
  /** @param path the place, e.g. `triggers[2].parameters`; empty for the document itself */
  constructor(
    readonly path: string,
    readonly expected: string,
    readonly got: string,
  ) {
    super(`${path === '' ? '' : `${path}: `}expected ${expected}, got ${got}`, 'unexpected-json');
  }

  /** The same error seen from the object or list around: `[2]` under `triggers` is `triggers[2]`. */
  under(segment: string): CoercionError {
    const dot = this.path === '' || this.path.startsWith('[') ? '' : '.';
    return new CoercionError(`${segment}${dot}${this.path}`, this.expected, this.got);
  }
}

/** What a value is, in a few words for a message. Long texts are cut. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
  if (isJsonList(value)) return 'a list';
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber)) return 'an object';
  return String(value);
}
