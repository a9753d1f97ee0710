import { type Artifact, type ExpectedArtifact, readExpectedArtifact } from '../../artifacts/index.js';
import { type EvaluationOptions, evaluateDeep } from '../../expressions/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Pipeline, expressionRoot } from '../../pipelines/index.js';
import { triggersConfig } from '../pipeline-triggers.config.js';
import { PRIORITY, type PipelinePostProcessor, PostProcessesPipelines } from '../post-processor.js';

/**
 * Evaluates `${…}` in expected artifacts against the pipeline that starts (core.md §4.4), in a closed interpreter
 * (decisions.md 19). What cannot be evaluated stays as it is, for orca.
 */
@PostProcessesPipelines({ name: 'expected-artifact-expressions', priority: PRIORITY.expectedArtifactExpressions })
export class ExpectedArtifactExpressions implements PipelinePostProcessor {
  constructor(
    private readonly patterns: PatternCompiler,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  processPipeline(pipeline: Pipeline): Pipeline {
    const expected = pipeline.expectedArtifacts ?? [];
    if (expected.length === 0) return { ...pipeline, expectedArtifacts: expected };
    const evaluate = this.evaluator(expressionRoot(pipeline));
    return { ...pipeline, expectedArtifacts: expected.map((one) => evaluated(one, evaluate)) };
  }

  private evaluator(root: JsonObject): Evaluate {
    const options: EvaluationOptions = {
      now: this.clock.now(),
      maxLength: this.settings.get(triggersConfig.maxExpressionLength),
      matches: (pattern, text) => this.matches(pattern, text),
    };
    return (value, textOnly) => evaluateDeep(value, root, { ...options, textOnly }).value;
  }

  private matches(pattern: string, text: string): boolean | undefined {
    const compiled = this.patterns.compile(pattern);
    if (compiled.kind === 'invalid') return undefined;
    const outcome = compiled.pattern.matchesAll(text);
    return outcome.kind === 'too-slow' ? undefined : outcome.kind === 'matched';
  }
}

type Evaluate = (value: JsonValue, textOnly: boolean) => JsonValue;

/** An artifact's own members are texts; only its metadata can hold anything else. */
function evaluatedArtifact({ metadata, ...texts }: Artifact, evaluate: Evaluate): JsonObject {
  const members = evaluate(texts as unknown as JsonValue, true) as JsonObject;
  return { ...members, metadata: evaluate(metadata, false) };
}

function evaluated(expected: ExpectedArtifact, evaluate: Evaluate): ExpectedArtifact {
  const { matchArtifact, defaultArtifact, boundArtifact, id, ...flags } = expected;
  return readExpectedArtifact({
    ...flags,
    id: evaluate(id, true),
    matchArtifact: evaluatedArtifact(matchArtifact, evaluate),
    ...(defaultArtifact && { defaultArtifact: evaluatedArtifact(defaultArtifact, evaluate) }),
    ...(boundArtifact && { boundArtifact: evaluatedArtifact(boundArtifact, evaluate) }),
  });
}
