import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { PrometheusModule } from '@willsoto/nestjs-prometheus';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { AdminController } from './admin.controller.js';
import { Invocations } from './controllers/invocations.js';
import { HealthController } from './health.controller.js';
import { InstanceHealth } from './instance-health.js';
import { MetricsController } from './metrics.controller.js';
import { opsMetrics } from './ops.metrics.js';
import { PluginsController } from './plugins.controller.js';

/** What operators look at: health, metrics, jobs, extensions. */
@Module({
  imports: [
    TerminusModule.forRoot({ logger: false }),
    PrometheusModule.register({ path: '/metrics', controller: MetricsController }),
    DiscoveryModule,
    EventsModule,
    OutboxModule,
  ],
  controllers: [HealthController, AdminController, PluginsController],
  providers: [{ provide: APP_GUARD, useClass: Invocations }, InstanceHealth, ...metricProviders(opsMetrics)],
})
export class OpsModule {}
