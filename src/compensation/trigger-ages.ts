import { Injectable } from '@nestjs/common';
import { PipelineNotes } from '../pipelines/index.js';
import type { PipelinesRefreshed } from '../pipelines/index.js';
import { CronTriggers } from '../slots/index.js';

/** Since when a trigger is known; milliseconds since the epoch. */
interface Age {
  readonly seenSince: number;
  /** When its pipeline was saved last, by the first load that had the trigger. */
  readonly savedAt: number | undefined;
}

/**
 * Remembers since when there are which triggers: a slot from before its trigger was made was not missed. Each instance
 * knows what it has seen itself, and what front50 says of when a pipeline was saved.
 */
@Injectable()
export class TriggerAges {
  private ages = new Map<string, Age>();

  constructor(
    private readonly triggers: CronTriggers,
    private readonly notes: PipelineNotes,
  ) {}

  refreshed({ snapshot }: PipelinesRefreshed): void {
    const ages = new Map<string, Age>();
    for (const pipeline of snapshot.pipelines) {
      for (const { key } of this.triggers.of(pipeline).usable) {
        const savedAt = this.notes.savedAt(pipeline);
        ages.set(key, this.ages.get(key) ?? { seenSince: snapshot.loadedAt, savedAt });
      }
    }
    this.ages = ages;
  }

  /** Whether a trigger (by its key) surely was there at that instant. */
  existed(key: string, at: number): boolean {
    const age = this.ages.get(key);
    return age !== undefined && Math.min(age.seenSince, age.savedAt ?? Infinity) <= at;
  }

  /** Whether front50 told when the pipeline of a trigger was saved. */
  isDated(key: string): boolean {
    return this.ages.get(key)?.savedAt !== undefined;
  }
}
