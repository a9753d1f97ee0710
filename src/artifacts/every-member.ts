import type { JsonObject } from '../platform/json/index.js';
import { type Artifact, ARTIFACT_MEMBERS } from './artifact.js';
import type { ExpectedArtifact } from './expected-artifact.js';

const NULLS = Object.fromEntries(ARTIFACT_MEMBERS.map((name) => [name, null]));

/** An artifact with every member that one can have: what it lacks is null. */
export const everyMember = (artifact: Artifact): JsonObject => ({ ...NULLS, ...artifact });

/** The same of what a pipeline expects, inside too. */
export function everyMemberExpected({ defaultArtifact, boundArtifact, ...expected }: ExpectedArtifact): JsonObject {
  return {
    ...expected,
    matchArtifact: everyMember(expected.matchArtifact),
    defaultArtifact: defaultArtifact ? everyMember(defaultArtifact) : null,
    boundArtifact: boundArtifact ? everyMember(boundArtifact) : null,
  };
}
