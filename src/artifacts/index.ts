export { artifact, readArtifact } from './artifact.js';
export type { Artifact } from './artifact.js';
export { ConstraintMatcher } from './constraints.js';
export type { ConstraintOutcome } from './constraints.js';
export { artifactConstraint, matchArtifact, readExpectedArtifact } from './expected-artifact.js';
export type { ArtifactConstraint, ArtifactMatch, ExpectedArtifact } from './expected-artifact.js';
