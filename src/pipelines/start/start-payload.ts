import type { NewEffect } from '../../outbox/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import type { Pipeline } from '../model/pipeline.js';
import type { StartSource } from './start-request.js';

/** Kind of the effects that post a start to orca. */
export const START = 'start';

/** Kind of the effects that report a start that could not be made to orca, so that it shows among the executions. */
export const FAILED_START = 'failed-start';

/** What a start needs besides its identity; changed from try to try. */
export interface StartPayload {
  /** As it is posted; once planned, what orca made of it. */
  readonly pipeline: Pipeline;
  readonly source: StartSource;
  readonly at: number;
  /** How often it was posted. */
  readonly posts: number;
  /** How many executions orca keeps as failed before they started; each needs ids of its own. */
  readonly spent: number;
  /** The last try may have reached orca: ask before posting again. */
  readonly unclear: boolean;
  /** Whether it may go out is still to be asked, at its first attempt. */
  readonly unasked?: boolean;
  /** Whether it is skipped while the last run of its trigger is not over. */
  readonly skipIfRunning?: boolean;
  /** On whose behalf orca plans a templated pipeline: its caller's, whoever it then runs as (core.md §5.5). */
  readonly caller?: Identity;
  /** Templated pipelines are planned once, not at every try. */
  readonly planned: boolean;
}

export type StartEffect = NewEffect<StartPayload>;

export interface FailedStartPayload {
  readonly pipeline: Pipeline;
}
