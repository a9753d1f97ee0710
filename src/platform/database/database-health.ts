import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { messageOf } from '../errors/index.js';
import { ContributesHealth, type HealthContributor, type HealthPart } from '../health/index.js';
import { JobRunner } from '../lifecycle/index.js';

const INTERVAL_MS = 5000;

/** Whether the database answers. Asked by the clock, so that health is told from memory. */
@ContributesHealth({ name: 'database' })
export class DatabaseHealth implements HealthContributor {
  private fault: string | undefined;

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly jobs: JobRunner,
  ) {}

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'database.health',
      description: 'Asks the database whether it is there',
      intervalMs: () => INTERVAL_MS,
      run: () => this.look(),
    });
  }

  health(): HealthPart {
    if (this.fault === undefined) return { status: 'UP', details: {} };
    return { status: 'DOWN', details: { error: this.fault } };
  }

  private async look(): Promise<void> {
    this.fault = await this.source.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => messageOf(error),
    );
  }
}
