export { artifact, readArtifact } from './artifact.js';
export type { Artifact } from './artifact.js';
export { artifactConstraint, matchArtifact } from './artifact-match.js';
export type { ArtifactConstraint, ArtifactMatch } from './artifact-match.js';
export { ConstraintMatcher } from './constraints.js';
export type { ConstraintOutcome } from './constraints.js';
export { readExpectedArtifact } from './expected-artifact.js';
export type { ExpectedArtifact } from './expected-artifact.js';
