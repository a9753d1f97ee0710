import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Bus } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import { restConfig } from './rest-forwarder.config.js';
import { endpointDisabled } from './rest-forwarder.facts.js';
import { restMetrics } from './rest-forwarder.metrics.js';

/** How an endpoint has fared; times are milliseconds since the epoch. */
export interface EndpointState {
  readonly failingSince?: number;
  readonly lastError?: string;
  readonly disabledAt?: number;
}

/** Knows how the endpoints fare and which of them get nothing more. Each instance judges by its own attempts. */
@Injectable()
export class EndpointStates {
  private readonly log = new Logger('RestForwarder');
  private readonly states = new Map<string, EndpointState>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly bus: Bus,
    @Inject(metricToken(restMetrics.disabled)) private readonly gauge: Gauge,
  ) {}

  of(endpoint: string): EndpointState {
    return this.states.get(endpoint) ?? {};
  }

  isDisabled(endpoint: string): boolean {
    return this.of(endpoint).disabledAt !== undefined;
  }

  succeeded(endpoint: string): void {
    if (!this.isDisabled(endpoint)) this.states.delete(endpoint);
  }

  /** Notes a failure, the last one if it has gone on for too long. */
  failed(endpoint: string, lastError: string): void {
    if (this.isDisabled(endpoint)) return;
    const failingSince = this.of(endpoint).failingSince ?? this.clock.now();
    this.states.set(endpoint, { failingSince, lastError });
    const limit = this.settings.get(restConfig.disableAfterMs);
    if (limit > 0 && this.clock.now() - failingSince >= limit) this.disable(endpoint, lastError);
  }

  /** Sends nothing more to the endpoint, and says so. */
  disable(endpoint: string, lastError: string): void {
    const now = this.clock.now();
    const failingSince = this.of(endpoint).failingSince ?? now;
    this.set(endpoint, { failingSince, lastError, disabledAt: now });
    const since = new Date(failingSince).toISOString();
    this.log.error(`The REST endpoint ${endpoint} is disabled. It has failed since ${since}: ${lastError}`);
    this.bus.publish(endpointDisabled, { endpoint, failingSince, lastError });
  }

  enable(endpoint: string): void {
    this.set(endpoint, undefined);
  }

  private set(endpoint: string, state: EndpointState | undefined): void {
    if (state) this.states.set(endpoint, state);
    else this.states.delete(endpoint);
    this.gauge.set([...this.states.values()].filter(({ disabledAt }) => disabledAt !== undefined).length);
  }
}
