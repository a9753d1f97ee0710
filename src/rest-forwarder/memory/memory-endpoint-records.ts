import { Injectable } from '@nestjs/common';
import { EndpointRecords, type EndpointState } from '../endpoint-records.js';

/** What one instance without a database has noted; a restart forgets it. */
@Injectable()
export class MemoryEndpointRecords extends EndpointRecords {
  private readonly states = new Map<string, EndpointState>();

  failed(endpoint: string, at: number, lastError: string): Promise<EndpointState> {
    const state = { failingSince: at, ...this.states.get(endpoint), lastError };
    this.states.set(endpoint, state);
    return Promise.resolve(state);
  }

  succeeded(endpoint: string): Promise<void> {
    if (this.states.get(endpoint)?.disabledAt === undefined) this.states.delete(endpoint);
    return Promise.resolve();
  }

  disable(endpoint: string, at: number, lastError: string): Promise<boolean> {
    const known = this.states.get(endpoint);
    if (known?.disabledAt !== undefined) return Promise.resolve(false);
    this.states.set(endpoint, { failingSince: at, ...known, lastError, disabledAt: at });
    return Promise.resolve(true);
  }

  enable(endpoint: string): Promise<void> {
    this.states.delete(endpoint);
    return Promise.resolve();
  }

  all(): Promise<ReadonlyMap<string, EndpointState>> {
    return Promise.resolve(new Map(this.states));
  }

  watch(): void {
    // Nobody else notes anything here.
  }
}
