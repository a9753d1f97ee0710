import { Controller, Get, Query } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ApiOperation, ApiTags } from '../../platform/api/index.js';
import { ShowsMetrics } from '../../platform/access/index.js';
import { register } from 'prom-client';
import { Clock } from '../../platform/clock/index.js';
import { DeclaredMetric } from '../../platform/metrics/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type MeterQuery, asked } from './filter.js';
import { type Meter, type ShownMetric, metersOf } from './meters.js';
import { spectatorConfig } from './spectator.config.js';

interface ApplicationMetrics {
  readonly applicationName: string;
  readonly applicationVersion: string;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  readonly metrics: Readonly<Record<string, Meter>>;
}

/** What scrapers of the original ask for: the same metrics as /metrics, in its shape and under its names. */
@ApiTags('operations')
@ShowsMetrics()
@Controller('spectator/metrics')
export class SpectatorController {
  private readonly patterns = new PatternCompiler();
  private readonly startTime: number;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {
    this.startTime = clock.now();
  }

  @Get()
  @ApiOperation({ summary: 'All metrics under their original names' })
  async metrics(@Query() query: MeterQuery): Promise<ApplicationMetrics> {
    const shown = (await register.getMetricsAsJSON()) as unknown as ShownMetric[];
    const declared = new Map(this.declared().map(({ definition }) => [definition.name, definition]));
    return {
      applicationName: this.settings.get(spectatorConfig.applicationName),
      applicationVersion: this.settings.get(spectatorConfig.applicationVersion),
      startTime: this.startTime,
      metrics: asked(metersOf(shown, declared, this.clock.now()), query, this.patterns),
    };
  }

  private declared(): DeclaredMetric[] {
    return this.discovery
      .getProviders()
      .map(({ instance }: { instance: unknown }) => instance)
      .filter((instance) => instance instanceof DeclaredMetric);
  }
}
