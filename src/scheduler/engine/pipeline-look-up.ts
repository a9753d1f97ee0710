import { Injectable } from '@nestjs/common';
import { type Pipeline, PipelineCache, type Snapshot } from '../../pipelines/index.js';
import { NOBODY, withRequestId } from '../../platform/request-context/index.js';
import type { CronTrigger } from '../../slots/index.js';

/** Finds the pipeline of a trigger. */
@Injectable()
export class PipelineLookUp {
  private of: Snapshot | undefined;
  private byId = new Map<string | undefined, Pipeline>();

  constructor(private readonly cache: PipelineCache) {}

  /** A trigger that another instance synced may be ahead of this one's pipelines: then the source is asked. */
  async find({ pipelineId, application }: CronTrigger): Promise<Pipeline | undefined> {
    const snapshot = await this.cache.ready();
    this.index(this.cache.snapshot() ?? snapshot);
    return this.byId.get(pipelineId) ?? this.cache.find(application, pipelineId, withRequestId(NOBODY));
  }

  private index(snapshot: Snapshot): void {
    if (this.of === snapshot) return;
    this.of = snapshot;
    this.byId = new Map(snapshot.pipelines.map((pipeline) => [pipeline.id, pipeline]));
  }
}
