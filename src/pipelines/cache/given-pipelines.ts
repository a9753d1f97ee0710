import { messageOf } from '../../platform/errors/index.js';
import { type JsonValue, isJsonObject } from '../../platform/json/index.js';
import { needsPlan } from './hydration.js';
import { type SkippedPipeline, skipped } from './snapshot.js';
import type { Pipeline } from '../model/pipeline.js';
import { readPipeline } from '../model/read-pipeline.js';

/** Pipelines that somebody gave, and what of them could not be used. */
export interface GivenPipelines {
  readonly pipelines: readonly Pipeline[];
  readonly skipped: readonly SkippedPipeline[];
}

function readGiven(raw: JsonValue, faults: string[]): Pipeline {
  if (isJsonObject(raw) && needsPlan(raw)) {
    throw new TypeError('orca has to plan it from its template first: give the planned pipeline');
  }
  return readPipeline(raw, faults);
}

/** Reads pipelines without asking anybody for anything. One that is unusable is left out alone, as is a trigger. */
export function readGivenPipelines(raws: readonly JsonValue[]): GivenPipelines {
  const pipelines: Pipeline[] = [];
  const left: SkippedPipeline[] = [];
  for (const raw of raws) {
    const faults: string[] = [];
    try {
      pipelines.push(readGiven(raw, faults));
    } catch (error) {
      faults.push(messageOf(error));
    }
    left.push(...faults.map((reason) => skipped(raw, reason)));
  }
  return { pipelines, skipped: left };
}
