import { Injectable } from '@nestjs/common';
import { type Pipeline, PipelineCache, pipelinesById } from '../../pipelines/index.js';
import { NOBODY, withRequestId } from '../../platform/request-context/index.js';
import type { CronTrigger } from '../../slots/index.js';

/** Finds the pipeline of a trigger. */
@Injectable()
export class PipelineLookUp {
  constructor(private readonly cache: PipelineCache) {}

  /** A trigger that another instance synced may be ahead of this one's pipelines: then the source is asked. */
  async find({ pipelineId, application }: CronTrigger): Promise<Pipeline | undefined> {
    const first = await this.cache.ready();
    const known = pipelinesById(this.cache.snapshot() ?? first).get(pipelineId);
    return known ?? this.cache.find(application, pipelineId, withRequestId(NOBODY));
  }
}
