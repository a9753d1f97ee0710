import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { QuietPeriod, startConfig } from '../pipelines/index.js';
import { type HealthContributor, healthContributors } from '../platform/health/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { Settings } from '../platform/settings/index.js';
import { UpcomingSlots } from './upcoming.js';
import { partView, upcomingView } from './views.js';

const SHOWN_SLOTS = 30;

/** What the first page shows. Nothing here asks a peer. */
@Injectable()
export class Overview implements OnModuleInit {
  private parts: readonly { readonly name: string; readonly contributor: HealthContributor }[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly settings: Settings,
    private readonly quietPeriod: QuietPeriod,
    private readonly upcoming: UpcomingSlots,
  ) {}

  onModuleInit(): void {
    this.parts = healthContributors
      .collect(this.discovery)
      .map(({ options, instance }) => ({ name: options.name, contributor: instance }));
  }

  async view(): Promise<JsonObject> {
    return {
      parts: this.parts.map(({ name, contributor }) => partView(name, contributor.health())),
      switches: [...this.switches(), this.quiet()],
      next: (await this.upcoming.next(SHOWN_SLOTS)).map(upcomingView),
    };
  }

  private switches(): JsonObject[] {
    return [startConfig.enabled, startConfig.cronEnabled, startConfig.compensationEnabled].map((toggle) => {
      const isOn = this.settings.get(toggle);
      return {
        name: toggle.key,
        value: isOn ? 'on' : 'off',
        tone: isOn ? 'good' : 'held',
        from: this.settings.originOf(toggle),
      };
    });
  }

  private quiet(): JsonObject {
    const { enabled, inQuietPeriod, startTime, endTime } = this.quietPeriod.status();
    const span = `${new Date(startTime).toISOString()} to ${new Date(endTime).toISOString()}`;
    const value = enabled ? `${inQuietPeriod ? 'now, ' : ''}${span}` : 'none';
    return { name: 'quiet period', value, tone: inQuietPeriod ? 'held' : '' };
  }
}
