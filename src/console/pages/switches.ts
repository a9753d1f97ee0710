import { Injectable } from '@nestjs/common';
import { QuietPeriod, quietPeriodConfig, startConfig } from '../../pipelines/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { type Setting, Settings } from '../../platform/settings/index.js';
import { Doors } from '../rendering/doors.js';

const SWITCHES = [startConfig.enabled, startConfig.cronEnabled, startConfig.compensationEnabled];

/** What holds starts back for all: the switches, and the quiet period. */
@Injectable()
export class Switches {
  constructor(
    private readonly settings: Settings,
    private readonly quietPeriod: QuietPeriod,
    private readonly doors: Doors,
  ) {}

  view(): JsonObject {
    const period = Object.values(quietPeriodConfig).map((setting) => this.row(setting));
    return {
      switches: [...SWITCHES.map((toggle) => this.toggle(toggle)), ...period],
      quiet: this.quietPeriod.status().inQuietPeriod,
      canChange: this.doors.has('PUT /admin/config/:key'),
    };
  }

  private toggle(setting: Setting<boolean>): JsonObject {
    const isOn = this.settings.get(setting);
    return { ...this.row(setting), value: isOn ? 'on' : 'off', tone: isOn ? 'good' : 'held' };
  }

  private row(setting: Setting<unknown>): JsonObject {
    return {
      name: setting.key,
      value: String(this.settings.get(setting)),
      from: this.settings.originOf(setting),
      description: setting.description,
    };
  }
}
