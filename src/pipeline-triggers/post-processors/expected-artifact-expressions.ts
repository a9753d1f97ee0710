import { readExpectedArtifact } from '../../artifacts/index.js';
import { type EvaluationOptions, evaluateDeep } from '../../expressions/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { Settings } from '../../platform/settings/index.js';
import type { Pipeline } from '../../pipelines/index.js';
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
    const options = this.options();
    const root = pipeline as unknown as JsonObject;
    const expectedArtifacts = (pipeline.expectedArtifacts ?? []).map((expected) => {
      const raw = expected as unknown as JsonValue;
      const { value } = evaluateDeep(raw, root, options);
      return value === raw ? expected : readExpectedArtifact(value);
    });
    return { ...pipeline, expectedArtifacts };
  }

  private options(): EvaluationOptions & { readonly textOnly: true } {
    const maxLength = this.settings.get(triggersConfig.maxExpressionLength);
    return {
      now: this.clock.now(),
      textOnly: true,
      ...(maxLength > 0 && { maxLength }),
      matches: (pattern, text) => this.matches(pattern, text),
    };
  }

  private matches(pattern: string, text: string): boolean | undefined {
    const compiled = this.patterns.compile(pattern);
    if (compiled.kind === 'invalid') return undefined;
    const outcome = compiled.pattern.matchesAll(text);
    return outcome.kind === 'too-slow' ? undefined : outcome.kind === 'matched';
  }
}
