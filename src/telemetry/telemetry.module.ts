import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { Statistics } from './statistics.js';
import { TelemetryListener } from './telemetry.listener.js';
import { TelemetrySender } from './telemetry.sender.js';

/** Anonymous statistics for the Spinnaker project, where the operator wants to give them. */
@Module({
  imports: [EventsModule, PipelinesModule, EchoHttpModule],
  providers: [Statistics, TelemetryListener, TelemetrySender],
})
export class TelemetryModule {}
