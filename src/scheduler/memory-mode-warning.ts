import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { databaseConfig } from '../platform/database/index.js';
import { Settings } from '../platform/settings/index.js';
import { schedulerConfig } from './scheduler.config.js';

/** Says once what memory mode means for whoever runs more than one. */
@Injectable()
export class MemoryModeWarning implements OnApplicationBootstrap {
  constructor(private readonly settings: Settings) {}

  onApplicationBootstrap(): void {
    if (this.settings.get(databaseConfig.enabled) || !this.settings.get(schedulerConfig.syncEnabled)) return;
    new Logger('Scheduler').warn(
      'Cron triggers are kept in memory: only one instance with the scheduler may run, a second one starts everything ' +
        'twice, and what is due while none runs is missed. Set sql.enabled to share them.',
    );
  }
}
