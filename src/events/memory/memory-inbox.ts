import { Injectable, type OnModuleInit } from '@nestjs/common';
import { keepNewest } from '../../platform/bounded/index.js';
import { Clock } from '../../platform/clock/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, Shutdown } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EventDispatcher } from '../dispatcher.js';
import { eventsConfig } from '../events.config.js';
import { InboxMeter } from '../inbox-meter.js';
import { Pressure } from '../pressure.js';
import { Inbox, type IncomingEvent, type ReceivedEvent } from '../inbox.js';

/** Of how many messages the keys are kept to recognise repeats by. */
const REMEMBERED = 10_000;

type First = Pick<ReceivedEvent, 'inboxId' | 'receivedAt'>;

/** What one turn of the event loop brought. */
interface Turn {
  readonly events: (readonly [received: ReceivedEvent, finish: () => void])[];
  /** Resolves when the turn is over. */
  readonly over: Promise<void>;
}

/**
 * The inbox of one instance without a database: bounded, and nothing accepted is ever evicted. At its bound it refuses;
 * at shutdown it refuses and waits for what it has. What a crash interrupts is lost: that is what SQL mode is for.
 */
@Injectable()
export class MemoryInbox extends Inbox implements OnModuleInit {
  private readonly unfinished = new Drain();
  private readonly ids = new UlidSource();
  /** The first event of each dedupe key, the latest of them. */
  private readonly firsts = new Map<string, First>();
  private readonly capacity: number;
  private turn: Turn | undefined;

  constructor(
    private readonly dispatcher: EventDispatcher,
    private readonly clock: Clock,
    settings: Settings,
    private readonly shutdown: Shutdown,
    private readonly meter: InboxMeter,
    private readonly pressure: Pressure,
  ) {
    super();
    this.capacity = settings.get(eventsConfig.capacity);
    meter.watch(() => this.depth());
  }

  onModuleInit(): void {
    this.shutdown.register('inbox', async (limitMs) => void (await this.unfinished.close(limitMs, this.clock)));
  }

  protected admit(incoming: IncomingEvent): Promise<ReceivedEvent> {
    if (this.unfinished.closed)
      return Promise.reject(this.meter.refused('Echo is shutting down: send the event again.'));
    const full =
      this.unfinished.size >= this.capacity
        ? `The inbox is full (${this.capacity} events unfinished)`
        : this.pressure.full();
    if (full !== undefined) return Promise.reject(this.meter.refused(`${full}: send the event again.`));
    const first = incoming.dedupeKey === undefined ? undefined : this.firsts.get(incoming.dedupeKey);
    if (first) return Promise.resolve({ ...incoming, ...first, repeated: true });
    const now = this.clock.now();
    const received: ReceivedEvent = { ...incoming, inboxId: this.ids.next(now), receivedAt: now };
    if (incoming.dedupeKey !== undefined) this.remember(incoming.dedupeKey, received);
    this.meter.accepted();
    return this.take(received);
  }

  /**
   * The events of a turn are answered together, as those of a transaction are: a sender that waits for one answer at a
   * time is woken once for many. Listeners see them in the turn after that, so that no answer waits for a listener.
   */
  private async take(received: ReceivedEvent): Promise<ReceivedEvent> {
    const turn = (this.turn ??= this.begin());
    turn.events.push([received, this.unfinished.enter()]);
    await turn.over;
    return received;
  }

  private begin(): Turn {
    const events: Turn['events'] = [];
    const over = new Promise<void>((resolve) => {
      setImmediate(() => {
        this.turn = undefined;
        resolve();
        setImmediate(() => {
          for (const [received, finish] of events) void this.dispatcher.dispatch(received).finally(finish);
        });
      });
    });
    return { events, over };
  }

  depth(): number {
    return this.unfinished.size;
  }

  private remember(key: string, { inboxId, receivedAt }: First): void {
    this.firsts.set(key, { inboxId, receivedAt });
    keepNewest(this.firsts, REMEMBERED);
  }
}
