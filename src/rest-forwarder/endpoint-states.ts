import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { Gauge } from 'prom-client';
import { Bus } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import { EndpointRecords, type EndpointState } from './endpoint-records.js';
import { restConfig } from './rest-forwarder.config.js';
import { endpointDisabled } from './rest-forwarder.facts.js';
import { restMetrics } from './rest-forwarder.metrics.js';

/** Knows how the endpoints fare and which of them get nothing more, as far as the records say. */
@Injectable()
export class EndpointStates implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('RestForwarder');
  private states = new Map<string, EndpointState>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly bus: Bus,
    private readonly records: EndpointRecords,
    @Inject(metricToken(restMetrics.disabled)) private readonly gauge: Gauge,
  ) {}

  /** Before the first forward: what was disabled stays so over a restart. */
  onModuleInit(): Promise<void> {
    return this.follow();
  }

  onApplicationBootstrap(): void {
    this.records.watch(() => this.follow());
  }

  /** Nothing for an endpoint that works. */
  of(endpoint: string): EndpointState | undefined {
    return this.states.get(endpoint);
  }

  isDisabled(endpoint: string): boolean {
    return this.of(endpoint)?.disabledAt !== undefined;
  }

  async succeeded(endpoint: string): Promise<void> {
    if (!this.of(endpoint) || this.isDisabled(endpoint)) return;
    await this.noted(this.records.succeeded(endpoint), undefined);
    this.set(endpoint, undefined);
  }

  /** Notes a failure, the last one if it has gone on for too long. */
  async failed(endpoint: string, lastError: string): Promise<void> {
    if (this.isDisabled(endpoint)) return;
    const now = this.clock.now();
    const known = this.of(endpoint);
    const began = { failingSince: now, lastError };
    // Only the first failure is written down: the others say nothing new.
    const state = known ?? (await this.noted(this.records.failed(endpoint, now, lastError), began));
    this.set(endpoint, { ...state, lastError });
    const limit = this.settings.get(restConfig.disableAfterMs);
    if (limit > 0 && now - state.failingSince >= limit) await this.disable(endpoint, lastError);
  }

  /** Sends nothing more to the endpoint. The instance that disabled it says so. */
  async disable(endpoint: string, lastError: string): Promise<void> {
    const now = this.clock.now();
    const isFirst = await this.noted(this.records.disable(endpoint, now, lastError), true);
    const { failingSince = now } = this.of(endpoint) ?? {};
    this.set(endpoint, { failingSince, lastError, disabledAt: now });
    if (!isFirst) return;
    const since = new Date(failingSince).toISOString();
    this.log.error(`The REST endpoint ${endpoint} is disabled. It has failed since ${since}: ${lastError}`);
    this.bus.publish(endpointDisabled, { endpoint, failingSince, lastError });
  }

  async enable(endpoint: string): Promise<void> {
    await this.records.enable(endpoint);
    this.set(endpoint, undefined);
  }

  private async follow(): Promise<void> {
    this.states = new Map(await this.records.all());
    this.count();
  }

  /** While the database is away this instance goes by what it sees itself. */
  private async noted<T>(noting: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await noting;
    } catch (error) {
      this.log.warn(`How REST endpoints fare cannot be noted for all instances: ${messageOf(error)}`);
      return otherwise;
    }
  }

  private set(endpoint: string, state: EndpointState | undefined): void {
    if (state) this.states.set(endpoint, state);
    else this.states.delete(endpoint);
    this.count();
  }

  private count(): void {
    this.gauge.set([...this.states.values()].filter(({ disabledAt }) => disabledAt !== undefined).length);
  }
}
