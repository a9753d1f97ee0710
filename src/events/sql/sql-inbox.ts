import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, Leases, forSender, patiently } from '../../platform/database/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, JobRunner, Shutdown } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EventDispatcher } from '../dispatcher.js';
import { eventsConfig } from '../events.config.js';
import { InboxMeter } from '../inbox-meter.js';
import { Inbox, type IncomingEvent, type ReceivedEvent } from '../inbox.js';
import { eventsHistory } from './events-history.js';
import { eventsTable } from './events-table.js';

const ROUNDS = 4;
const PER_ROUND = 500;
const HOUR_MS = 3_600_000;

/**
 * The inbox in PostgreSQL. The answer goes out after the commit, and concurrent requests share one. An event is leased
 * by the instance that took it; when that one dies, another goes on after the lease.
 */
@Injectable()
export class SqlInbox extends Inbox implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('Inbox');
  private readonly ids = new UlidSource();
  private readonly leases: Leases;
  private readonly held = new Set<string>();
  private readonly unfinished = new Drain();
  private readonly storing: Batcher<ReceivedEvent, ReceivedEvent | undefined>;
  private readonly ending: Batcher<string, undefined>;

  constructor(
    private readonly dispatcher: EventDispatcher,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly jobs: JobRunner,
    @InjectDataSource() private readonly source: DataSource,
    private readonly meter: InboxMeter,
  ) {
    super();
    this.leases = new Leases(clock, () => settings.get(eventsConfig.leaseMs));
    this.storing = new Batcher((events) => this.store(events), ROUNDS, PER_ROUND);
    this.ending = new Batcher((ids) => this.noteDone(ids), ROUNDS, PER_ROUND);
    meter.watch(() => this.depth());
  }

  onModuleInit(): void {
    this.shutdown.register('inbox', (limitMs) => this.drain(limitMs));
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'inbox.takeover',
      description: 'Takes over events whose instance is gone',
      intervalMs: () => this.settings.get(eventsConfig.scanMs),
      run: () => this.leases.watch(() => this.takeOver()),
    });
    this.jobs.start({
      name: 'inbox.leases',
      description: 'Renews the leases of events under way',
      intervalMs: () => this.settings.get(eventsConfig.leaseMs) / 3,
      run: () => this.leases.watch(() => eventsTable.renew(this.source, [...this.held], this.leases.lease())),
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
    if (this.unfinished.size >= capacity) {
      throw this.meter.refused(`The inbox is full (${capacity} events unfinished): send the event again.`);
    }
    const finish = this.unfinished.enter();
    const now = this.clock.now();
    const received: ReceivedEvent = { ...incoming, inboxId: this.ids.next(now), receivedAt: now };
    const repeated = await this.storing.add(received).catch((error: unknown) => {
      finish();
      throw forSender(error);
    });
    if (repeated) {
      finish();
      return repeated;
    }
    this.meter.accepted();
    // The answer goes out first: dispatching in the same turn would make the sender wait for the listeners.
    setImmediate(() => void this.dispatch(received).finally(finish));
    return received;
  }

  depth(): number {
    return this.unfinished.size;
  }

  /** Claims events whose lease ran out, until there are no more. */
  async takeOver(): Promise<void> {
    for (;;) {
      const most = Math.min(PER_ROUND, this.settings.get(eventsConfig.capacity) - this.unfinished.size);
      if (most <= 0 || this.unfinished.closed) return;
      const limits = { now: this.clock.now(), abandonedBefore: this.leases.abandonedBefore(), most };
      const claimed = await eventsTable.claim(this.source, limits, this.leases.lease());
      const abandoned = claimed.filter(({ inboxId }) => !this.held.has(inboxId));
      if (abandoned.length > 0) this.log.log(`Took over ${abandoned.length} events that were not finished.`);
      for (const received of abandoned) void this.dispatch(received).finally(this.unfinished.enter());
      if (claimed.length < most) return;
    }
  }

  private async dispatch(received: ReceivedEvent): Promise<void> {
    this.held.add(received.inboxId);
    await this.dispatcher.dispatch(received);
    // Handed back meanwhile: whether all that it brings about is written down is not known.
    if (!this.held.has(received.inboxId)) return;
    await patiently(
      this.clock,
      () => this.ending.add(received.inboxId),
      () => !this.unfinished.closed,
    )
      // Its effects are written down: dispatched once more, it brings none about.
      .catch((error: unknown) => this.log.warn(`Event ${received.inboxId} is done again later: ${messageOf(error)}`));
    this.held.delete(received.inboxId);
  }

  /** For each event: nothing where it is new, else the first one of its kind. */
  private async store(events: readonly ReceivedEvent[]): Promise<(ReceivedEvent | undefined)[]> {
    const stored = await eventsTable.insert(this.source, events, this.leases.lease());
    const repeats = events.filter(({ inboxId }) => !stored.has(inboxId));
    const keys = repeats.flatMap(({ dedupeKey }) => dedupeKey ?? []);
    const firsts = keys.length > 0 ? await eventsTable.firsts(this.source, keys) : new Map<string, string>();
    return events.map((received) =>
      stored.has(received.inboxId)
        ? undefined
        : { ...received, inboxId: firsts.get(received.dedupeKey ?? '') ?? received.inboxId, repeated: true },
    );
  }

  private async forget(): Promise<void> {
    await eventsHistory.forget(this.source, this.clock.now() - this.settings.get(eventsConfig.retentionMs));
    await eventsHistory.forgetBeyond(this.source, this.settings.get(eventsConfig.budget));
  }

  private async noteDone(ids: readonly string[]): Promise<undefined[]> {
    await eventsTable.done(this.source, ids, this.leases.owner, this.clock.now());
    return ids.map(() => undefined);
  }

  private async drain(limitMs: number): Promise<void> {
    await this.unfinished.close(limitMs, this.clock);
    const left = [...this.held];
    this.held.clear();
    await eventsTable.release(this.source, left, this.leases.owner, this.clock.now());
  }
}
