import { Controller, Get, type OnModuleInit, Res } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ApiOperation, ApiTags } from '../platform/api/index.js';
import { Open } from '../platform/access/index.js';
import {
  type HealthIndicatorFunction,
  type HealthIndicatorResult,
  HealthCheckService,
  HealthIndicatorService,
} from '@nestjs/terminus';
import {
  type HealthContributor,
  type HealthPart,
  type HealthStatus,
  healthContributors,
} from '../platform/health/index.js';

interface Reply {
  status(code: number): unknown;
}

interface Overall {
  readonly status: HealthStatus;
  readonly simulated?: true;
}

/** Health as the original shows it, and its parts. Nothing here asks a peer. */
@ApiTags('operations')
@Open()
@Controller('health')
export class HealthController implements OnModuleInit {
  private contributors: readonly { readonly name: string; readonly contributor: HealthContributor }[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  onModuleInit(): void {
    this.contributors = healthContributors
      .collect(this.discovery)
      .map(({ options, instance }) => ({ name: options.name, contributor: instance }));
  }

  @Get()
  @ApiOperation({ summary: 'UP, or DOWN or OUT_OF_SERVICE (503), as a load balancer asks' })
  async overall(@Res({ passthrough: true }) reply: Reply): Promise<Overall> {
    const status = await this.status();
    reply.status(status === 'UP' ? 200 : 503);
    const simulated = this.contributors.some(({ contributor }) => contributor.health().simulated);
    return simulated ? { status, simulated: true } : { status };
  }

  @Get('readiness')
  @ApiOperation({ summary: 'UP, or DOWN or OUT_OF_SERVICE (503), with every part' })
  async readiness(@Res({ passthrough: true }) reply: Reply): Promise<Overall & { parts: Record<string, HealthPart> }> {
    const status = await this.status();
    reply.status(status === 'UP' ? 200 : 503);
    const parts = this.contributors.map(({ name, contributor }) => [name, contributor.health()] as const);
    return { status, parts: Object.fromEntries(parts) };
  }

  @Get('liveness')
  @ApiOperation({ summary: 'UP as long as the process answers' })
  liveness(): Overall {
    return { status: 'UP' };
  }

  private async status(): Promise<HealthStatus> {
    const asks = this.contributors.map(
      ({ name, contributor }): HealthIndicatorFunction =>
        () =>
          this.indicator(name, contributor),
    );
    // The check fails with an exception when any part is down; that is an answer here, not an error.
    return this.checks.check(asks).then(
      () => 'UP',
      () => this.worst(),
    );
  }

  private worst(): HealthStatus {
    return this.contributors.some(({ contributor }) => contributor.health().status === 'DOWN')
      ? 'DOWN'
      : 'OUT_OF_SERVICE';
  }

  private indicator(name: string, contributor: HealthContributor): HealthIndicatorResult {
    const { status, details } = contributor.health();
    const indicator = this.indicators.check(name);
    return status === 'UP' ? indicator.up(details) : indicator.down(details);
  }
}
