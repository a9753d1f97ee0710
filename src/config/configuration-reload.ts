import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Bus, settingsChanged } from '../events/index.js';
import { JobRunner } from '../platform/lifecycle/index.js';
import { faultText } from './fault.js';
import { FileSettings, type ReloadOutcome } from './file-settings.js';
import { reloadConfig } from './reload.config.js';

type Changed = Extract<ReloadOutcome, { kind: 'changed' }>;

/** Takes over edits of the operator's files while Echo runs, says what came of them, and tells other rooms. */
@Injectable()
export class ConfigurationReload implements OnApplicationBootstrap {
  private readonly log = new Logger('Configuration');

  constructor(
    private readonly settings: FileSettings,
    private readonly bus: Bus,
    private readonly jobs: JobRunner,
  ) {}

  onApplicationBootstrap(): void {
    const intervalMs = (): number => this.settings.get(reloadConfig.intervalMs);
    const description = "Takes over edits of the operator's configuration files";
    this.jobs.start(
      { name: 'reload-configuration', description, intervalMs, run: async () => this.look() },
      intervalMs(),
    );
  }

  private look(): void {
    const outcome = this.settings.reload();
    if (outcome.kind === 'kept') {
      const faults = outcome.faults.map(faultText).join('; ');
      this.log.error(`The edited configuration cannot be used, everything stays as it was: ${faults}`);
    }
    if (outcome.kind === 'changed') this.tell(outcome);
  }

  private tell(outcome: Changed): void {
    const { keys, restart, warnings } = outcome;
    for (const line of this.settings.changedLines(keys)) this.log.log(line);
    if (restart.length > 0) this.log.warn(`Changed in the files, but needs a restart: ${restart.join(', ')}`);
    for (const warning of warnings) this.log.warn(warning);
    if (keys.length + restart.length + warnings.length === 0) this.log.log('The configuration is good again.');
    if (keys.length + restart.length > 0) this.bus.publish(settingsChanged, { keys, restart });
  }
}
