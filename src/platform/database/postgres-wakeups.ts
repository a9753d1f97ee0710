import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/index.js';
import { messageOf } from '../errors/index.js';
import type { Address } from './address.js';
import { CHANNEL, Wakeups } from './wakeups.js';

const AGAIN_MS = 1000;

/** One connection of its own that listens; it is opened again when it breaks. */
@Injectable()
export class PostgresWakeups extends Wakeups implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Database');
  private readonly listeners = new Map<string, (() => void)[]>();
  private client: pg.Client | undefined;
  private stopped = false;

  constructor(
    private readonly address: Address,
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  on(topic: string, listener: () => void): void {
    this.listeners.set(topic, [...(this.listeners.get(topic) ?? []), listener]);
  }

  async wake(topic: string): Promise<void> {
    await this.source.query('SELECT pg_notify($1, $2)', [CHANNEL, topic]);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.listen();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
    const { host, port, database, user, password, ssl } = this.address;
    const client = new pg.Client({ host, port, database, user, password, ssl, keepAlive: true });
    this.client = client;
    client.on('error', (error) => this.log.warn(`The wake-up connection broke: ${messageOf(error)}`));
    client.on('end', () => this.again(client));
    client.on('notification', ({ payload }) => this.call(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      // What was said until now was not heard.
      for (const topic of this.listeners.keys()) this.call(topic);
    } catch (error) {
      this.log.warn(`No wake-ups from the database for now: ${messageOf(error)}`);
      await client.end().catch(() => undefined);
      this.again(client);
    }
  }

  private again(client: pg.Client): void {
    if (this.stopped || client !== this.client) return;
    this.client = undefined;
    this.clock.after(AGAIN_MS, () => {
      if (!this.stopped) void this.listen();
    });
  }

  private call(topic: string): void {
    for (const listener of this.listeners.get(topic) ?? []) listener();
  }
}
