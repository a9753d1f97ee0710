import { Module } from '@nestjs/common';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { twin } from '../platform/database/index.js';
import { EchoHttpModule } from '../platform/http/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { EndpointRecords } from './endpoint-records.js';
import { EndpointStates } from './endpoint-states.js';
import { EndpointsController } from './endpoints.controller.js';
import { Endpoints } from './endpoints.js';
import { ForwardListener } from './forward.listener.js';
import { ForwardPerformer } from './forward.performer.js';
import { Forwarder } from './forwarder.js';
import { MemoryEndpointRecords } from './memory/memory-endpoint-records.js';
import { Replay } from './replay.js';
import { restMetrics } from './rest-forwarder.metrics.js';
import { RouterEvents } from './router-events.js';

/** Forwards events to HTTP endpoints. */
@Module({
  imports: [EventsModule, OutboxModule, EchoHttpModule],
  controllers: [EndpointsController],
  providers: [
    Endpoints,
    EndpointStates,
    twin(
      EndpointRecords,
      MemoryEndpointRecords,
      async () => (await import('./sql/sql-endpoint-records.js')).SqlEndpointRecords,
    ),
    Forwarder,
    ForwardListener,
    ForwardPerformer,
    Replay,
    RouterEvents,
    ...metricProviders(restMetrics),
  ],
})
export class RestForwarderModule {}
