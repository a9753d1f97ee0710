import {
  CoercionError,
  type JsonObject,
  type JsonValue,
  type Reader,
  describeValue,
  read,
} from '../../platform/json/index.js';

/**
 * Reads the members of a payload by dotted paths (`repository.owner.name`). What is null or absent on the way is
 * nothing; what has the wrong type throws a `CoercionError` with the whole path.
 */
export class Payload {
  constructor(readonly members: JsonObject) {}

  /** Whether the payload has the member itself, even if it is null. */
  has(member: string): boolean {
    return Object.hasOwn(this.members, member);
  }

  text(path: string): string | undefined {
    return at(this.members, path.split('.'), read.text);
  }

  /** A text that the sender always gives; nothing is an error. */
  requiredText(path: string): string {
    return at(this.members, path.split('.'), required('a text', read.text));
  }

  int(path: string): number | undefined {
    return at(this.members, path.split('.'), read.int);
  }

  flag(path: string): boolean | undefined {
    return at(this.members, path.split('.'), read.optionalFlag);
  }

  inside(path: string): Payload | undefined {
    return at(this.members, path.split('.'), payload);
  }

  /** An object that the sender always gives; nothing is an error. */
  requiredInside(path: string): Payload {
    return at(this.members, path.split('.'), required('an object', payload));
  }

  /** A list of objects that the sender always gives; nothing is an error. */
  requiredList(path: string): readonly Payload[] {
    return at(this.members, path.split('.'), required('a list', read.listOf(required('an object', payload))));
  }

  /** A list of texts that the sender always gives; nothing is an error. */
  requiredTexts(path: string): readonly string[] {
    return at(this.members, path.split('.'), required('a list', read.listOf(required('a text', read.text))));
  }
}

const payload = (value: JsonValue | undefined): Payload | undefined => {
  const members = read.object(value);
  return members && new Payload(members);
};

const required =
  <T>(what: string, reader: Reader<T | undefined>): Reader<T> =>
  (value) => {
    const found = reader(value);
    if (found !== undefined) return found;
    throw new CoercionError('', what, describeValue(value));
  };

function at<T>(members: JsonObject, [member = '', ...rest]: readonly string[], reader: Reader<T>): T {
  if (rest.length === 0) return read.member(members, member, reader);
  return read.member(members, member, (value) => at(read.object(value) ?? {}, rest, reader));
}
