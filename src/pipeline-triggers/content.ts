import { type Artifact, readArtifact } from '../artifacts/index.js';
import { CoercionError, type JsonObject, type Reader, describeValue, read } from '../platform/json/index.js';

/**
 * Reads members of an event as the original's types do: numbers and truth values become text, a text may stand for a
 * number. Null is nothing. A member of the wrong type throws a `CoercionError` with its path.
 */
export class Content {
  /** @param path where the members stand, for messages */
  constructor(
    private readonly members: JsonObject,
    private readonly path = 'content',
  ) {}

  text(member: string): string | undefined {
    return this.read(member, read.text);
  }

  int(member: string): number | undefined {
    return this.read(member, read.int);
  }

  flag(member: string): boolean | undefined {
    return this.read(member, read.optionalFlag);
  }

  object(member: string): JsonObject | undefined {
    return this.read(member, read.object);
  }

  /** The object's own members. */
  inside(member: string): Content | undefined {
    const object = this.object(member);
    return object && new Content(object, `${this.path}.${member}`);
  }

  artifact(member: string): Artifact | undefined {
    return this.read(member, (value) => (value === null || value === undefined ? undefined : readArtifact(value)));
  }

  artifacts(member: string): readonly Artifact[] {
    return this.read(member, read.listOf(readArtifact)) ?? [];
  }

  /** With a reader of one's own. */
  read<T>(member: string, reader: Reader<T>): T {
    try {
      return read.member(this.members, member, reader);
    } catch (error) {
      throw error instanceof CoercionError ? error.under(this.path) : error;
    }
  }
}

/** A text out of a closed list, or the number of its place there, as the original's mapper reads an enumeration. */
export const oneOf =
  (texts: readonly string[]): Reader<string | undefined> =>
  (value) => {
    const text = read.text(value)?.trim();
    if (text === undefined || texts.includes(text)) return text;
    const placed = /^\d+$/.test(text) ? texts[Number(text)] : undefined;
    if (placed !== undefined) return placed;
    throw new CoercionError('', `one of ${texts.join(', ')}`, describeValue(text));
  };
