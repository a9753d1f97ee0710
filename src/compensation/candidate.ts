import type { Pipeline } from '../pipelines/index.js';
import type { Slot } from '../slots/index.js';

/** A slot in the window that is to be judged. */
export interface Candidate extends Slot {
  readonly pipeline: Pipeline;
  /** The unique key of the slot's start. */
  readonly key: string;
}
