import type { Pipeline } from '../model/pipeline.js';

/** A pipeline that could not be read, and why. */
export interface SkippedPipeline {
  readonly application: string;
  readonly name: string;
  readonly id: string | null;
  readonly reason: string;
}

/** All pipelines as of one load; never changed, only replaced as a whole. */
export interface Snapshot {
  readonly pipelines: readonly Pipeline[];
  readonly skipped: readonly SkippedPipeline[];
  /** Milliseconds since the epoch. */
  readonly loadedAt: number;
}

/** What tells one pipeline from another: its id, or where it has none its application and name. */
export const identityKey = (pipeline: Pick<Pipeline, 'application' | 'name' | 'id'>): string =>
  pipeline.id ?? `${pipeline.application}\n${pipeline.name}`;
