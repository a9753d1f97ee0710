import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/settings/index.js';
import type { Pipeline } from '../model/pipeline.js';
import { startConfig } from '../pipelines.config.js';
import { type StartIds as Ids, startIds } from './start-identity.js';
import type { StartPayload } from './start-payload.js';

/** A start as far as its ids depend on it. */
export interface Identified {
  readonly key: string;
  readonly payload: Pick<StartPayload, 'pipeline' | 'at' | 'spent'>;
}

/** Says under which ids starts go out: those that a caller chose always win. */
@Injectable()
export class StartIds {
  constructor(private readonly settings: Settings) {}

  /** Whether starts carry ids of Echo's, by which orca can be asked for them. */
  get own(): boolean {
    return this.settings.get(startConfig.idempotent);
  }

  of({ key, payload: { pipeline, at, spent } }: Identified): Ids {
    const derived = startIds(key, at, spent);
    return {
      executionId: pipeline.executionId || derived.executionId,
      correlationId: pipeline.trigger?.correlationId || derived.correlationId,
    };
  }

  /** The id of the execution to be; with `orca.idempotentStarts` off it is known only where a caller chose it. */
  executionOf(start: Identified): string | undefined {
    return this.own ? this.of(start).executionId : start.payload.pipeline.executionId;
  }

  /** The pipeline as it is posted; with `orca.idempotentStarts` off it has only the ids that a caller chose. */
  applied(start: Identified): Pipeline {
    const { pipeline } = start.payload;
    if (!this.own) return pipeline;
    const { executionId, correlationId } = this.of(start);
    const trigger = pipeline.trigger && { ...pipeline.trigger, correlationId };
    return { ...pipeline, executionId, ...(trigger && { trigger }) };
  }
}
