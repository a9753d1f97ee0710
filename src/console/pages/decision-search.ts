import { Injectable } from '@nestjs/common';
import { DecisionLog } from '../../decisions/index.js';
import { PipelineCache } from '../../pipelines/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { decisionsView, pipelineDecisionsView } from './decision.view.js';

/** Finds decisions by what people have at hand. */
@Injectable()
export class DecisionSearch {
  constructor(
    private readonly log: DecisionLog,
    private readonly pipelines: PipelineCache,
  ) {}

  /**
   * Rows of the latest decisions, newest first.
   *
   * @param wanted the id of an event, the id or name of a pipeline, or an application; empty for all
   * @param limit how many events are looked at
   */
  async rows(wanted: string, limit: number): Promise<JsonObject[]> {
    if (wanted === '') return decisionsView(await this.log.latest(limit));
    const ofEvent = await this.log.ofEvent(wanted);
    if (ofEvent.length > 0) return decisionsView(ofEvent);
    return pipelineDecisionsView(await this.log.ofPipelines([wanted, ...this.idsOf(wanted)], 0, limit));
  }

  private idsOf(wanted: string): string[] {
    const pipelines = this.pipelines.snapshot()?.pipelines ?? [];
    const meant = pipelines.filter(({ name, application }) => name === wanted || application === wanted);
    return meant.flatMap(({ id }) => id ?? []);
  }
}
