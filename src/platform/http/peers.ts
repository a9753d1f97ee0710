import { Injectable } from '@nestjs/common';
import { keepNewest } from '../bounded/index.js';

/** How calls to one host went lately. Times are milliseconds since the epoch. */
export interface Peer {
  readonly host: string;
  /** Of the last answer below 500; `undefined` before the first. */
  readonly answeredAt?: number;
  readonly failedAt?: number;
  /** Why the last call that failed did. */
  readonly failure?: string;
}

/** Users name hosts too: chat webhooks, endpoints. */
const MOST_HOSTS = 100;

/** Remembers of every host that is called how the last calls went; it asks nobody. */
@Injectable()
export class Peers {
  private readonly known = new Map<string, Peer>();

  answered(host: string, at: number): void {
    this.note({ ...this.known.get(host), host, answeredAt: at });
  }

  failed(host: string, at: number, failure: string): void {
    this.note({ ...this.known.get(host), host, failedAt: at, failure });
  }

  /** In the order of their names. */
  all(): Peer[] {
    return [...this.known.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
  }

  private note(peer: Peer): void {
    this.known.delete(peer.host);
    this.known.set(peer.host, peer);
    keepNewest(this.known, MOST_HOSTS);
  }
}
