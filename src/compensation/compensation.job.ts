import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type PipelinesRefreshed, TriggerTypes, pipelinesRefreshed } from '../pipelines/index.js';
import { messageOf } from '../platform/errors/index.js';
import { JobRunner } from '../platform/lifecycle/index.js';
import { Settings } from '../platform/settings/index.js';
import { Compensation } from './compensation.js';
import { compensationConfig } from './compensation.config.js';
import { TriggerAges } from './trigger-ages.js';

export const COMPENSATE = 'compensate-missed-slots';

/** Says when missed slots are looked for: as soon as there are pipelines, and then again and again unless that is off. */
@Injectable()
export class CompensationJob implements OnModuleInit {
  private readonly log = new Logger('Compensation');

  constructor(
    private readonly bus: Bus,
    private readonly types: TriggerTypes,
    private readonly ages: TriggerAges,
    private readonly jobs: JobRunner,
    private readonly compensation: Compensation,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.types.add(['cron']);
    this.bus.subscribe(pipelinesRefreshed, 'compensation', (refreshed) => this.refreshed(refreshed));
  }

  private refreshed(refreshed: PipelinesRefreshed): void {
    this.ages.refreshed(refreshed);
    if (refreshed.before === undefined) this.begin();
  }

  private begin(): void {
    if (this.settings.get(compensationConfig.recurring)) {
      this.jobs.start({
        name: COMPENSATE,
        description: 'Starts pipelines whose slots were missed.',
        intervalMs: () => this.settings.get(compensationConfig.intervalMs),
        run: (signal) => this.compensation.run(signal),
      });
    } else {
      this.compensation
        .run()
        .catch((error: unknown) => this.log.error(`Missed slots were not looked for: ${messageOf(error)}`));
    }
  }
}
