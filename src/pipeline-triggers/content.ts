import { type Artifact, readArtifact } from '../artifacts/index.js';
import { messageOf } from '../platform/errors/index.js';
import { type JsonObject, type JsonValue, isJsonObject } from '../platform/json/index.js';

/** A member of an event that does not have the type it should have. */
export class UnusableContentError extends Error {}

/** Reads members of an event's content as the original's types do: numbers and truth values become text. */
export class Content {
  constructor(private readonly members: JsonObject) {}

  text(member: string): string | undefined {
    const value = this.members[member];
    if (value === undefined || value === null) return undefined;
    if (isJsonObject(value) || Array.isArray(value)) throw this.wrong(member, 'a text');
    return String(value);
  }

  object(member: string): JsonObject | undefined {
    const value = this.members[member];
    if (value === undefined || value === null) return undefined;
    if (!isJsonObject(value)) throw this.wrong(member, 'an object');
    return value;
  }

  artifacts(member: string): Artifact[] {
    const value = this.members[member];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) throw this.wrong(member, 'a list of artifacts');
    return value.map((item) => this.artifact(item, member));
  }

  private artifact(value: JsonValue, member: string): Artifact {
    try {
      return readArtifact(value);
    } catch (error) {
      throw new UnusableContentError(`content.${member}: ${messageOf(error)}`);
    }
  }

  private wrong(member: string, expected: string): UnusableContentError {
    return new UnusableContentError(`content.${member}: expected ${expected}`);
  }
}
