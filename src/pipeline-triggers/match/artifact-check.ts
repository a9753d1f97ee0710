import { type Artifact, artifactConstraint } from '../../artifacts/index.js';
import type { PatternCompiler } from '../../platform/regex/index.js';
import type { Candidate } from '../index/trigger-index.js';
import { type CheckResult, passed } from '../trigger-handler.js';

/** The rule that a trigger's expected artifacts set for what the event brought (core.md §4.2). */
export function checkArtifacts(
  { pipeline, trigger }: Candidate,
  received: readonly Artifact[],
  patterns: PatternCompiler,
): CheckResult {
  const result = artifactConstraint(trigger.expectedArtifactIds, pipeline.expectedArtifacts, received, patterns);
  if (result.kind === 'met') return passed;
  const { expected, got, fault } = result;
  return { kind: 'failed', expected, got, fault };
}
