import {
  CoercionError,
  describeValue,
  type JsonObject,
  type JsonValue,
  keysOf,
  read,
  setMember,
} from '../platform/json/index.js';

type TextField = 'type' | 'name' | 'version' | 'location' | 'reference' | 'artifactAccount' | 'provenance' | 'uuid';

/**
 * Something that a pipeline deploys or reads, as Spinnaker describes it. It is JSON as it stands: `customKind` and
 * `metadata` are always there, what is absent is not written.
 */
export type Artifact = { readonly [K in TextField]?: string } & {
  readonly customKind: boolean;
  readonly metadata: JsonObject;
};

/** In the order in which orca gets them (core.md §5.7). */
export const ARTIFACT_MEMBERS: readonly (keyof Artifact)[] = [
  ...(['type', 'customKind', 'name', 'version', 'location'] as const),
  ...(['reference', 'metadata', 'artifactAccount', 'provenance', 'uuid'] as const),
];
const KNOWN: ReadonlySet<string> = new Set(ARTIFACT_MEMBERS);
/** A member that the UI writes and nobody reads. */
const IGNORED = 'kind';

/** An artifact of some of its fields; undefined ones are left out. */
export function artifact(fields: { readonly [K in keyof Artifact]?: Artifact[K] | undefined }): Artifact {
  const made: Partial<Record<keyof Artifact, unknown>> = {};
  for (const name of ARTIFACT_MEMBERS) {
    const value = fields[name];
    if (value !== undefined) made[name] = value;
    else if (name === 'customKind') made.customKind = false;
    else if (name === 'metadata') made.metadata = {};
  }
  return made as Artifact;
}

/**
 * Takes a JSON object as an artifact. Members that an artifact does not have go to its metadata; but the original sets
 * the metadata when it meets that member, so that unknown ones in front of it are lost.
 *
 * @throws CoercionError when it is no object, or a member has the wrong type
 */
export function readArtifact(value: JsonValue | undefined): Artifact {
  const source = read.object(value);
  if (source === undefined) throw new CoercionError('', 'an artifact', describeValue(value));
  const fields: Partial<Record<string, unknown>> = {};
  let metadata: Record<string, JsonValue> = {};
  for (const key of keysOf(source)) {
    if (key === 'metadata') metadata = { ...read.member(source, key, read.object) };
    else if (key === 'customKind') fields[key] = read.member(source, key, read.flag);
    else if (KNOWN.has(key)) fields[key] = read.member(source, key, read.text);
    else if (key !== IGNORED) setMember(metadata, key, source[key] ?? null);
  }
  fields['metadata'] = metadata;
  return artifact(fields);
}
