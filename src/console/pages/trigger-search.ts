import { Injectable } from '@nestjs/common';
import { type Pipeline, PipelineCache } from '../../pipelines/index.js';
import { type CronTrigger, CronTriggers } from '../../slots/index.js';

/** A cron trigger with the pipeline that it is on. */
export interface KnownTrigger {
  readonly trigger: CronTrigger;
  readonly pipeline: Pipeline;
}

/** Finds cron triggers among the loaded pipelines. */
@Injectable()
export class TriggerSearch {
  constructor(
    private readonly pipelines: PipelineCache,
    private readonly cron: CronTriggers,
  ) {}

  /**
   * The first few that are meant.
   *
   * @param wanted an application, the id or name of a pipeline, or the key of a trigger; empty for all
   */
  find(wanted: string, limit: number): KnownTrigger[] {
    const found: KnownTrigger[] = [];
    for (const pipeline of this.pipelines.snapshot()?.pipelines ?? []) {
      const isMeant = wanted === '' || [pipeline.application, pipeline.name, pipeline.id].includes(wanted);
      for (const trigger of this.cron.of(pipeline).usable) {
        if (isMeant || trigger.key === wanted) found.push({ trigger, pipeline });
      }
      if (found.length >= limit) break;
    }
    return found.slice(0, limit);
  }

  /** The trigger with this key. */
  byKey(key: string): KnownTrigger | undefined {
    return this.find(key, Number.POSITIVE_INFINITY).find(({ trigger }) => trigger.key === key);
  }
}
