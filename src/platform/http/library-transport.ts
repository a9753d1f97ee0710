import type { Agent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Dispatcher, type RequestInit as UndiciInit, fetch as undiciFetch } from 'undici';
import { Settings } from '../settings/index.js';
import { type SettingReader, clientSecureContext } from '../tls/index.js';
import { agentFor } from './agent.js';
import { Connections } from './connections.js';
import { httpConfig } from './http.config.js';
import { NoProxy } from './no-proxy.js';
import { HttpProxy } from './proxy.js';
import { TunnellingAgent } from './tunnelling-agent.js';

/** Options of the HTTP handler in Amazon's clients. */
export interface AmazonHandler {
  readonly httpsAgent: Agent;
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly throwOnRequestTimeout: boolean;
}

/**
 * What libraries that bring a client of their own are given, so that their calls trust, show and pass what Echo's own
 * do: the stores of `okHttpClient.*`, and the proxies.
 */
@Injectable()
export class LibraryTransport implements OnApplicationShutdown {
  private dispatcher: Dispatcher | undefined;

  constructor(
    @Inject(Settings) private readonly settings: SettingReader,
    private readonly connections: Connections,
  ) {}

  /** An agent for Node's own client. Each caller has its own: libraries destroy what they were given. */
  httpsAgent(): Agent {
    const { open } = this.connections;
    return new TunnellingAgent((destination) => {
      const address = this.proxyTo(destination);
      if (!address) return open;
      return new HttpProxy(address.href, open, this.settings.get(httpConfig.connectTimeoutMs)).tunnel;
    });
  }

  /** For one of Amazon's clients, whose answers may take so long. */
  amazonHandler(deadlineMs = this.settings.get(httpConfig.readTimeoutMs)): AmazonHandler {
    return {
      httpsAgent: this.httpsAgent(),
      connectionTimeout: this.settings.get(httpConfig.connectTimeoutMs),
      requestTimeout: deadlineMs,
      throwOnRequestTimeout: true,
    };
  }

  /** The platform's `fetch`, over Echo's pools. A call takes no longer than `okHttpClient.readTimeoutMs`. */
  readonly fetch = ((input: string | URL, init: UndiciInit = {}) => {
    const deadline = AbortSignal.timeout(this.settings.get(httpConfig.readTimeoutMs));
    const signal = init.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    this.dispatcher ??= agentFor(this.settings, this.connections.open);
    return undiciFetch(input, { ...init, signal, dispatcher: this.dispatcher });
  }) as unknown as typeof globalThis.fetch;

  /** For TLS that is neither HTTP/1 nor ours. Throws TlsSettingError where a store cannot be used. */
  secureContext(): SecureContext {
    return clientSecureContext(this.settings);
  }

  /** The address of the proxy that leads to a destination of https, with user and password; none where it is direct. */
  proxyTo(destination: URL): URL | undefined {
    const address = this.settings.get(httpConfig.httpsProxy);
    if (address === '' || new NoProxy(this.settings.get(httpConfig.noProxy)).covers(destination)) return undefined;
    return new URL(address);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.dispatcher?.destroy();
  }
}
