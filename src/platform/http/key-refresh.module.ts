import { Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { JobRunner } from '../lifecycle/index.js';
import { Settings } from '../settings/index.js';
import { clientTlsConfig } from '../tls/index.js';
import { Connections } from './connections.js';
import { EchoHttpModule } from './echo-http.module.js';

const SHORTEST_MS = 1000;

/** Reads key store and trust store again and again; what cannot be used is logged, and the last good ones stay. */
@Injectable()
class KeyRefresh implements OnApplicationBootstrap {
  constructor(
    private readonly settings: Settings,
    private readonly connections: Connections,
    private readonly jobs: JobRunner,
  ) {}

  onApplicationBootstrap(): void {
    const intervalMs = (): number => Math.max(SHORTEST_MS, this.settings.get(clientTlsConfig.refreshPeriod));
    const description = 'Reads the key store and trust store of outgoing calls again';
    const run = async (): Promise<void> => this.connections.refresh();
    this.jobs.start({ name: 'refresh-tls-stores', description, intervalMs, run }, intervalMs());
  }
}

/** Takes over keys and CAs that are renewed in place, for `okHttpClient.refreshableKeys.enabled`. */
@Module({ imports: [EchoHttpModule], providers: [KeyRefresh] })
export class KeyRefreshModule {}
