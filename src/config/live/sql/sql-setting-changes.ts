import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Wakeups } from '../../../platform/database/index.js';
import { JobRunner } from '../../../platform/lifecycle/index.js';
import { type SettingChange, SettingChanges } from '../setting-changes.js';
import { TOPIC, settingChangesTable } from './setting-changes-table.js';

/** Wake-ups may be lost; then changes are seen by the clock. */
const LOOK_MS = 5000;

/** The changes in PostgreSQL. */
@Injectable()
export class SqlSettingChanges extends SettingChanges {
  readonly reach = 'all instances that share the database';

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly wakeups: Wakeups,
    private readonly jobs: JobRunner,
  ) {
    super();
  }

  add(change: SettingChange): Promise<void> {
    return settingChangesTable.insert(this.source, change);
  }

  inForce(): Promise<SettingChange[]> {
    return settingChangesTable.inForce(this.source);
  }

  history(key: string, limit: number): Promise<SettingChange[]> {
    return settingChangesTable.history(this.source, key, limit);
  }

  watch(listener: () => Promise<void>): void {
    // A look that fails is made again by the clock.
    this.wakeups.on(TOPIC, () => void listener().catch(() => undefined));
    this.jobs.start({
      name: 'settings.changes',
      description: 'Takes over settings that were changed while Echo runs',
      intervalMs: () => LOOK_MS,
      run: listener,
    });
  }
}
