import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Pipeline, Snapshot } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { type CronTrigger, CronTriggers, Timetable, type UnusableCron } from '../../slots/index.js';
import { TriggerStore } from '../trigger-store.js';
import { SyncReport } from './sync-report.js';

/** So many pipelines are read, then others have their turn. */
const BATCH = 500;

/** Makes the stored cron triggers those of a snapshot. */
@Injectable()
export class SyncRun {
  constructor(
    private readonly store: TriggerStore,
    private readonly triggers: CronTriggers,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
    private readonly report: SyncReport,
  ) {}

  async sync({ pipelines }: Snapshot): Promise<void> {
    const began = this.clock.monotonic();
    const now = this.clock.now();
    try {
      const { wanted, unusable } = await this.read(pipelines);
      const counts = await this.store.sync(wanted, (trigger) => {
        const first = this.timetable.first(trigger, now);
        if (first === undefined) this.report.neverDue(trigger);
        return first;
      });
      this.report.synced(counts, unusable);
    } catch (error) {
      this.report.failed();
      throw error;
    } finally {
      this.report.took(this.clock.monotonic() - began);
    }
  }

  private async read(pipelines: readonly Pipeline[]): Promise<{ wanted: CronTrigger[]; unusable: UnusableCron[] }> {
    const wanted: CronTrigger[] = [];
    const unusable: UnusableCron[] = [];
    for (const [at, pipeline] of pipelines.entries()) {
      const found = this.triggers.of(pipeline);
      wanted.push(...found.usable);
      unusable.push(...found.unusable);
      if (at % BATCH === BATCH - 1) await nextTurn();
    }
    return { wanted, unusable };
  }
}
