import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, Leases, type Transaction, forSender, pooled } from '../../platform/database/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, JobRunner, Shutdown } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EventDispatcher } from '../dispatcher.js';
import { eventsConfig } from '../events.config.js';
import { InboxMeter } from '../inbox-meter.js';
import { Inbox, type IncomingEvent, type ReceivedEvent } from '../inbox.js';
import { EventRuns } from './event-runs.js';
import { eventsHistory } from './events-history.js';
import { eventsTable } from './events-table.js';

/** Senders wait for the commit: no more than a moment, in which those of a burst come together. */
const ROUNDS = { atOnce: 4, most: 500, paceMs: 2 };
const HOUR_MS = 3_600_000;

/**
 * The inbox in PostgreSQL. The answer goes out after the commit, and concurrent requests share one. An event is leased
 * by the instance that took it; when that one dies, another goes on after the lease. What an instance cannot hold waits
 * in the database for whoever has room.
 */
@Injectable()
export class SqlInbox extends Inbox implements OnModuleInit, OnApplicationBootstrap {
  private readonly ids = new UlidSource();
  private readonly source: Transaction;
  private readonly leases: Leases;
  private readonly unfinished = new Drain();
  private readonly storing: Batcher<ReceivedEvent, ReceivedEvent>;
  private readonly runs: EventRuns;

  constructor(
    dispatcher: EventDispatcher,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobRunner,
    @InjectDataSource() source: DataSource,
    private readonly meter: InboxMeter,
  ) {
    super();
    this.source = pooled(source);
    this.leases = new Leases(clock, () => settings.get(eventsConfig.leaseMs));
    this.storing = new Batcher((events) => this.store(events), ROUNDS);
    this.runs = new EventRuns({
      dispatcher,
      leases: this.leases,
      clock,
      source: this.source,
      unfinished: this.unfinished,
      senders: () => this.storing.size,
      most: () => settings.get(eventsConfig.inFlight),
    });
    meter.watch(() => this.depth());
  }

  onModuleInit(): void {
    this.shutdown.register('inbox', (limitMs) => this.drain(limitMs));
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'inbox.takeover',
      description: 'Takes over events that nobody has or whose instance is gone',
      intervalMs: () => this.settings.get(eventsConfig.scanMs),
      run: () => this.leases.watch(() => this.runs.claim()),
    });
    this.jobs.start({
      name: 'inbox.leases',
      description: 'Renews the leases of events under way',
      intervalMs: () => this.settings.get(eventsConfig.leaseMs) / 3,
      run: () => this.leases.watch(() => this.runs.renew()),
    });
    this.jobs.start({
      name: 'inbox.retention',
      description: 'Forgets finished events that are old enough or too many',
      intervalMs: () => HOUR_MS,
      run: () => this.forget(),
    });
  }

  protected async admit(incoming: IncomingEvent): Promise<ReceivedEvent> {
    if (this.unfinished.closed) throw this.meter.refused('Echo is shutting down: send the event again.');
    const capacity = this.settings.get(eventsConfig.capacity);
    if (this.storing.size >= capacity) {
      throw this.meter.refused(`${capacity} events wait to be written down: send the event again.`);
    }
    const now = this.clock.now();
    const answered = this.unfinished.enter();
    try {
      const received = await this.storing.add({ ...incoming, inboxId: this.ids.next(now), receivedAt: now });
      if (!received.repeated) this.meter.accepted();
      return received;
    } catch (error) {
      throw forSender(error);
    } finally {
      answered();
    }
  }

  depth(): number {
    return this.runs.depth;
  }

  /** Writes events down and goes on with those that are new; instead of a repeated one it answers with the first. */
  private async store(events: readonly ReceivedEvent[]): Promise<ReceivedEvent[]> {
    try {
      const lease = this.runs.hasRoomFor(events.length) ? this.leases.lease() : undefined;
      const stored = await eventsTable.insert(this.source, events, lease ?? { by: null, until: this.clock.now() });
      const fresh = events.filter(({ inboxId }) => stored.has(inboxId));
      if (lease) for (const received of fresh) this.runs.hold(received);
      else this.runs.leave(fresh.length);
      return fresh.length === events.length ? fresh : await this.withFirsts(events, stored);
    } finally {
      this.runs.answering();
    }
  }

  private async withFirsts(events: readonly ReceivedEvent[], stored: ReadonlySet<string>): Promise<ReceivedEvent[]> {
    const repeats = events.filter(({ inboxId }) => !stored.has(inboxId));
    const firsts = await eventsTable.firsts(
      this.source,
      repeats.flatMap(({ dedupeKey }) => dedupeKey ?? []),
    );
    return events.map((received) => {
      if (stored.has(received.inboxId)) return received;
      return { ...received, inboxId: firsts.get(received.dedupeKey ?? '') ?? received.inboxId, repeated: true };
    });
  }

  private async forget(): Promise<void> {
    await eventsHistory.forget(this.source, this.clock.now() - this.settings.get(eventsConfig.retentionMs));
    await eventsHistory.forgetBeyond(this.source, this.settings.get(eventsConfig.budget));
  }

  private async drain(limitMs: number): Promise<void> {
    await this.unfinished.close(limitMs, this.clock);
    await this.runs.release();
  }
}
