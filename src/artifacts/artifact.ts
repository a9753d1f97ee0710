import { CoercionError, type JsonObject, type JsonValue, describeValue, read } from '../platform/json/index.js';

/** A thing that a build or a message brought: an image, a file, a chart (edges.md §8.5). */
export interface Artifact {
  readonly type?: string;
  readonly customKind: boolean;
  readonly name?: string;
  readonly version?: string;
  readonly location?: string;
  readonly reference?: string;
  readonly metadata: JsonObject;
  readonly artifactAccount?: string;
  readonly provenance?: string;
  readonly uuid?: string;
}

const TEXTS = ['type', 'name', 'version', 'location', 'reference', 'artifactAccount', 'provenance', 'uuid'] as const;

/** Members that are read by name; `kind` is an older spelling that means nothing any more. */
const KNOWN: ReadonlySet<string> = new Set<string>([...TEXTS, 'customKind', 'metadata', 'kind']);

/**
 * Members that are not known go into the metadata, if they stand after `metadata` in the document: those before it are
 * lost in the original, whose reader starts its metadata anew there.
 */
function metadataOf(raw: JsonObject): JsonObject {
  const names = Object.keys(raw);
  const unknown = names.slice(names.indexOf('metadata') + 1).filter((name) => !KNOWN.has(name));
  const own = read.member(raw, 'metadata', read.object);
  const rest = Object.fromEntries(unknown.map((name) => [name, raw[name] ?? null]));
  return { ...own, ...rest };
}

/** An artifact with the members that are always there. */
export const artifact = (members: Partial<Artifact>): Artifact => ({ customKind: false, metadata: {}, ...members });

/** Reads an artifact. Throws `CoercionError`. */
export function readArtifact(value: JsonValue | undefined): Artifact {
  const raw = read.object(value);
  if (!raw) throw new CoercionError('', 'an artifact, an object', describeValue(value));
  const texts: Record<string, string> = {};
  for (const name of TEXTS) {
    const text = read.member(raw, name, read.text);
    if (text !== undefined) texts[name] = text;
  }
  return { ...texts, customKind: read.member(raw, 'customKind', read.flag), metadata: metadataOf(raw) };
}
