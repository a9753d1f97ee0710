import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../../events/index.js';
import { PipelineCache, type Snapshot, TriggerTypes, pipelinesRefreshed } from '../../pipelines/index.js';
import { JobRunner } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { schedulerConfig } from '../scheduler.config.js';
import { SyncRun } from './sync-run.js';

export const SYNC_TRIGGERS = 'sync-cron-triggers';

/**
 * Says when the stored cron triggers are compared with the pipelines: whenever these have changed, and by the clock,
 * which also repairs what others did to the store.
 */
@Injectable()
export class TriggerSync implements OnModuleInit {
  private synced: Snapshot | undefined;

  constructor(
    private readonly bus: Bus,
    private readonly cache: PipelineCache,
    private readonly types: TriggerTypes,
    private readonly jobs: JobRunner,
    private readonly settings: Settings,
    private readonly run: SyncRun,
  ) {}

  onModuleInit(): void {
    this.types.add(['cron']);
    if (!this.settings.get(schedulerConfig.syncEnabled)) return;
    this.bus.subscribe(pipelinesRefreshed, 'cron triggers', ({ snapshot }) => this.refreshed(snapshot));
    const intervalMs = (): number => this.settings.get(schedulerConfig.syncIntervalMs);
    // The first load of pipelines brings the first sync.
    this.jobs.start(
      {
        name: SYNC_TRIGGERS,
        description: 'Compares the cron triggers with those of the pipelines.',
        intervalMs,
        run: () => this.sync(),
      },
      intervalMs(),
    );
  }

  private async refreshed(snapshot: Snapshot): Promise<void> {
    if (this.synced && samePipelines(this.synced, snapshot)) return;
    // A run under way may have begun with the pipelines of before.
    await this.jobs.runNow(SYNC_TRIGGERS);
    if (this.synced !== snapshot && this.cache.snapshot() === snapshot) await this.jobs.runNow(SYNC_TRIGGERS);
  }

  private async sync(): Promise<void> {
    const snapshot = this.cache.snapshot();
    if (!snapshot) return;
    await this.run.sync(snapshot);
    this.synced = snapshot;
  }
}

const samePipelines = ({ pipelines: a }: Snapshot, { pipelines: b }: Snapshot): boolean =>
  a.length === b.length && a.every((pipeline, i) => pipeline === b[i]);
