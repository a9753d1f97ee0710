import { type Artifact, artifactConstraint } from '../../artifacts/index.js';
import type { PatternCompiler } from '../../platform/regex/index.js';
import type { Pipeline, Trigger, Verdict } from '../../pipelines/index.js';
import { rejected } from '../../pipelines/index.js';

/** The rule that a trigger's expected artifacts sets for what the event brought (core.md §4.2). */
export function artifactRejection(
  pipeline: Pipeline,
  trigger: Trigger,
  received: readonly Artifact[],
  patterns: PatternCompiler,
): Verdict | undefined {
  const result = artifactConstraint(trigger.expectedArtifactIds, pipeline.expectedArtifacts, received, patterns);
  return result.kind === 'met' ? undefined : rejected('expectedArtifactIds', result.expected, result.got);
}
