import { Logger } from '@nestjs/common';
import type { Clock } from '../../platform/clock/index.js';
import { Batcher, type Leases, type Transaction, patiently } from '../../platform/database/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Coalesced, type Drain } from '../../platform/lifecycle/index.js';
import type { EventDispatcher } from '../dispatcher.js';
import type { ReceivedEvent } from '../inbox.js';
import { DispatchQueue } from './dispatch-queue.js';
import { eventsTable } from './events-table.js';

/** Nobody waits for the note that an event has ended, and a commit costs more than the note. */
const ROUNDS = { atOnce: 4, most: 500, paceMs: 20 };

/** What an inbox over PostgreSQL has, as far as its parts share it. */
export interface InboxParts {
  readonly dispatcher: EventDispatcher;
  readonly leases: Leases;
  readonly clock: Clock;
  readonly source: Transaction;
  /** The events that this instance works on; when it closes, nothing new is claimed. */
  readonly unfinished: Drain;
  /** How many senders wait for their answers. */
  readonly senders: () => number;
  /** How many events may be held. */
  readonly most: () => number;
}

/**
 * The events that this instance has leased: each is given to the listeners in its turn, and noted when they have finished.
 * What is more than it may hold stays in the database, and comes when there is room, the oldest first.
 */
export class EventRuns {
  private readonly log = new Logger('Inbox');
  private readonly held = new Map<string, () => void>();
  private readonly queue: DispatchQueue;
  private readonly ending: Batcher<ReceivedEvent, undefined>;
  private readonly claiming = new Coalesced(() => this.claimRounds());
  /** How many events this instance left in the database and has not seen again. */
  private left = 0;

  constructor(private readonly parts: InboxParts) {
    this.queue = new DispatchQueue((received) => void this.run(received), parts.senders, parts.clock);
    this.ending = new Batcher((finished) => this.note(finished), ROUNDS);
  }

  /** How many events wait for their end, here or in the database. */
  get depth(): number {
    return this.parts.unfinished.size + this.left;
  }

  /** Whether so many new events may be held: those that were left behind go first. */
  hasRoomFor(count: number): boolean {
    return this.left === 0 && this.room() >= count;
  }

  /** Goes on with an event that is leased, in its turn. */
  hold(received: ReceivedEvent): void {
    this.held.set(received.inboxId, this.parts.unfinished.enter());
    this.queue.add(received);
  }

  /** Notes that events were left in the database. */
  leave(count: number): void {
    this.left += count;
  }

  /** Some senders are about to be answered. */
  answering(): void {
    this.queue.answering();
  }

  /** Claims events that nobody has or whose lease ran out, as long as there are any and room for them. */
  claim(): Promise<void> {
    return this.claiming.run();
  }

  async renew(): Promise<void> {
    const { leases, source } = this.parts;
    await eventsTable.renew(source, [...this.held.keys()], leases.lease());
  }

  /** Hands back what has not finished. */
  async release(): Promise<void> {
    const { leases, source, clock } = this.parts;
    const ids = [...this.held.keys()];
    this.held.clear();
    await eventsTable.release(source, ids, leases.owner, clock.now());
  }

  private room(): number {
    return this.parts.most() - this.held.size;
  }

  private async run(received: ReceivedEvent): Promise<void> {
    const { dispatcher, clock, unfinished } = this.parts;
    const { inboxId } = received;
    const finish = this.held.get(inboxId);
    if (finish) await dispatcher.dispatch(received);
    // Handed back meanwhile: whether all that it brings about is written down is not known.
    if (!finish || !this.held.has(inboxId)) return;
    await patiently(
      clock,
      () => this.ending.add(received),
      () => !unfinished.closed,
    )
      // Its effects are written down: dispatched once more, it brings none about.
      .catch((error: unknown) => this.log.warn(`Event ${inboxId} is done again later: ${messageOf(error)}`));
    this.held.delete(inboxId);
    finish();
    // Who fails here is told by the regular look.
    if (this.left > 0 && this.held.size < this.parts.most() / 2) void this.claim().catch(() => undefined);
  }

  private async claimRounds(): Promise<void> {
    const { leases, clock, source, unfinished } = this.parts;
    for (;;) {
      const [leftBefore, most] = [this.left, Math.min(ROUNDS.most, this.room())];
      if (most <= 0 || unfinished.closed) return;
      const limits = { now: clock.now(), abandonedBefore: leases.abandonedBefore(), most };
      const claimed = await eventsTable.claim(source, limits, leases.lease());
      const fresh = claimed.filter(({ received }) => !this.held.has(received.inboxId));
      for (const { received } of fresh) this.hold(received);
      const abandoned = fresh.filter(({ isAbandoned }) => isAbandoned).length;
      if (abandoned > 0) this.log.log(`Took over ${abandoned} events that were not finished.`);
      const isMore = claimed.length === most;
      this.left -= isMore ? Math.min(leftBefore, claimed.length) : leftBefore;
      if (!isMore) return;
    }
  }

  private async note(finished: readonly ReceivedEvent[]): Promise<undefined[]> {
    const { source, leases } = this.parts;
    await eventsTable.done(source, finished, leases.owner);
    return finished.map(() => undefined);
  }
}
