import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Bus, settingsChanged } from '../../events/index.js';
import { Coalesced } from '../../platform/lifecycle/index.js';
import { schedulerConfig } from '../../scheduler/scheduler.config.js';
import { FileSettings } from '../file-settings.js';
import { applied } from './apply-changes.js';
import { SettingChanges } from './setting-changes.js';

/** Has what was changed while Echo runs hold in this process, says so, and tells other rooms. */
@Injectable()
export class LiveSettings implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Configuration');
  private readonly following = new Coalesced(() => this.takeOver());
  private faults: readonly string[] = [];

  constructor(
    private readonly settings: FileSettings,
    private readonly changes: SettingChanges,
    private readonly bus: Bus,
  ) {}

  /** Before any source starts: a switch that is off stays off over a restart. */
  onModuleInit(): Promise<void> {
    return this.follow();
  }

  onApplicationBootstrap(): void {
    this.changes.watch(() => this.follow());
  }

  /** Resolves when everything that was changed before the call holds here. */
  follow(): Promise<void> {
    return this.following.run();
  }

  private async takeOver(): Promise<void> {
    const { values, faults } = applied(
      await this.changes.inForce(),
      this.settings.live(),
      this.settings.get(schedulerConfig.cluster),
    );
    for (const fault of faults)
      if (!this.faults.includes(fault)) this.log.error(`A change of settings does not hold: ${fault}`);
    this.faults = faults;
    const keys = this.settings.change(values);
    if (keys.length === 0) return;
    for (const line of this.settings.changedLines(keys)) this.log.log(line);
    this.bus.publish(settingsChanged, { keys, restart: [] });
  }
}
