import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { metricProviders } from '../metrics/index.js';
import { axiosAdapter } from './axios-adapter.js';
import { Connections } from './connections.js';
import { HttpTransport } from './http.js';
import { httpMetrics } from './http.metrics.js';
import { JsonHttp } from './json-http.js';
import { MeteredTransport } from './metered-transport.js';
import { LibraryTransport } from './library-transport.js';
import { Peers } from './peers.js';
import { UndiciTransport } from './undici-transport.js';

@Module({
  providers: [
    Connections,
    UndiciTransport,
    Peers,
    { provide: HttpTransport, useClass: MeteredTransport },
    ...metricProviders(httpMetrics),
  ],
  exports: [Connections, HttpTransport, UndiciTransport, Peers],
})
class TransportModule {}

/** Texts go out and come in as they are: whoever asks knows what they mean. */
const asTheyAre = { transformRequest: [], transformResponse: [], headers: { 'user-agent': 'Echo' } };

const httpService = HttpModule.registerAsync({
  imports: [TransportModule],
  inject: [HttpTransport],
  useFactory: (transport: HttpTransport) => ({ adapter: axiosAdapter(transport), ...asTheyAre }),
});

/** The one outgoing HTTP client: the transport, Nest's `HttpService` over it, and `JsonHttp` over that. */
@Module({
  imports: [TransportModule, httpService],
  providers: [JsonHttp, LibraryTransport],
  exports: [TransportModule, HttpModule, JsonHttp, LibraryTransport],
})
export class EchoHttpModule {}
