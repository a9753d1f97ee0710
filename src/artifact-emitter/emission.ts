import type { Artifact } from '../artifacts/index.js';
import { type JsonObject, stringifyJson } from '../platform/json/index.js';

/** Under which names keel is told. */
export interface EmissionNames {
  readonly eventName: string;
  readonly fieldName: string;
}

/** The body for keel (edges.md §4.5). */
export function emissionBody({ eventName, fieldName }: EmissionNames, artifacts: readonly Artifact[]): string {
  return stringifyJson({ eventName, [fieldName]: { details: null, artifacts: artifacts.map(complete) } });
}

/** Keel reads every member: those that the artifact lacks are null. */
const complete = (artifact: Artifact): JsonObject => ({
  type: null,
  name: null,
  version: null,
  location: null,
  reference: null,
  artifactAccount: null,
  provenance: null,
  uuid: null,
  ...artifact,
});
