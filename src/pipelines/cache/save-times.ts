import { Injectable } from '@nestjs/common';
import { type JsonObject, javaText, memberOf } from '../../platform/json/index.js';
import type { Pipeline } from '../model/pipeline.js';

/**
 * Remembers when pipelines were saved last (`updateTs` of front50, which is no member that Echo passes on). A pipeline
 * that was saved without a change for Echo stays the same object, with its former time.
 */
@Injectable()
export class SaveTimes {
  private readonly times = new WeakMap<Pipeline, number>();

  /** @param raw the pipeline as front50 gives it */
  note(pipeline: Pipeline, raw: JsonObject): void {
    const value = memberOf(raw, 'updateTs');
    const time = value === undefined || value === null || value === '' ? Number.NaN : Number(javaText(value));
    if (Number.isFinite(time)) this.times.set(pipeline, time);
  }

  /** Milliseconds since the epoch; `undefined` where nobody says. */
  of(pipeline: Pipeline): number | undefined {
    return this.times.get(pipeline);
  }
}
