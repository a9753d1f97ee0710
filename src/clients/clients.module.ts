import { Module } from '@nestjs/common';
import { EchoHttpModule } from '../platform/http/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { FiatMeter } from './fiat/fiat-meter.js';
import { fiatMetrics } from './fiat/fiat.metrics.js';
import { FiatClient } from './fiat/fiat.client.js';
import { Front50Client } from './front50/front50.client.js';
import { IgorClient } from './igor/igor.client.js';
import { KeelClient } from './keel/keel.client.js';
import { OrcaClient } from './orca/orca.client.js';

const clients = [FiatClient, Front50Client, IgorClient, KeelClient, OrcaClient];

/** The other services of Spinnaker that Echo talks to. */
@Module({
  imports: [EchoHttpModule],
  providers: [...clients, FiatMeter, ...metricProviders(fiatMetrics)],
  exports: clients,
})
export class ClientsModule {}
