import type { Pipeline, Trigger } from '../model/pipeline.js';
import type { StartResult } from '../start/starter.js';

/** What a decision is about; a manual start of an unknown pipeline knows only what was asked for. */
export interface Subject {
  readonly handler: string;
  readonly application: string;
  readonly pipelineName: string;
  readonly pipelineId: string | null;
  readonly triggerId: string | null;
  readonly triggerType: string | null;
}

/** The outcome for one event and one trigger. */
export type Decision = Subject & Verdict;

export type Verdict =
  | {
      readonly kind: 'matched';
      readonly start: StartResult | { readonly kind: 'reported-as-failed'; readonly error: string };
    }
  | Rejected;

/** A trigger that an event does not start. */
export type Rejection = Subject & Rejected;

/** The first rule that failed, with what it wanted and what it saw. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly rule: string;
  readonly expected: string;
  readonly got: string;
}

export const rejected = (rule: string, expected: string, got: string): Rejected => ({
  kind: 'rejected',
  rule,
  expected,
  got,
});

export function subjectOf(handler: string, pipeline: Pipeline, trigger: Trigger | undefined): Subject {
  return {
    handler,
    application: pipeline.application,
    pipelineName: pipeline.name,
    pipelineId: pipeline.id ?? null,
    triggerId: trigger?.id ?? null,
    triggerType: trigger?.type ?? null,
  };
}
