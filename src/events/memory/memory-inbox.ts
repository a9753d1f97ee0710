import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Counter, Gauge } from 'prom-client';
import { Clock } from '../../platform/clock/index.js';
import { OverloadedError } from '../../platform/errors/index.js';
import { UlidSource } from '../../platform/ids/index.js';
import { Drain, Shutdown } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { Settings } from '../../platform/settings/index.js';
import { EventDispatcher } from '../dispatcher.js';
import { eventsConfig } from '../events.config.js';
import { eventsMetrics } from '../events.metrics.js';
import { Inbox, type IncomingEvent, type ReceivedEvent } from '../inbox.js';

/**
 * The inbox of one instance without a database: bounded, and nothing accepted is ever evicted. At its bound it refuses;
 * at shutdown it refuses and waits for what it has. What a crash interrupts is lost: that is what SQL mode is for.
 */
@Injectable()
export class MemoryInbox extends Inbox implements OnModuleInit {
  private readonly unfinished = new Drain();
  private readonly ids = new UlidSource();
  private readonly capacity: number;

  constructor(
    private readonly dispatcher: EventDispatcher,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly shutdown: Shutdown,
    @Inject(metricToken(eventsMetrics.accepted)) private readonly accepted: Counter,
    @Inject(metricToken(eventsMetrics.refused)) private readonly refused: Counter,
    @Inject(metricToken(eventsMetrics.inboxDepth)) depth: Gauge,
  ) {
    super();
    this.capacity = settings.get(eventsConfig.capacity);
    const read = (): number => this.depth();
    Object.assign(depth, { collect: () => depth.set(read()) });
  }

  onModuleInit(): void {
    const limitMs = this.settings.get(eventsConfig.drainMs);
    this.shutdown.register('inbox', async () => void (await this.unfinished.close(limitMs, this.clock)));
  }

  accept(incoming: IncomingEvent): Promise<ReceivedEvent> {
    if (this.unfinished.closed) return this.refuse('Echo is shutting down: send the event again.');
    if (this.unfinished.size >= this.capacity) {
      return this.refuse(`The inbox is full (${this.capacity} events unfinished): send the event again.`);
    }
    const now = this.clock.now();
    const received: ReceivedEvent = { ...incoming, inboxId: this.ids.next(now), receivedAt: now };
    this.accepted.inc();
    const finish = this.unfinished.enter();
    // The answer goes out first: dispatching in the same turn would make the sender wait for the listeners.
    setImmediate(() => void this.dispatcher.dispatch(received).finally(finish));
    return Promise.resolve(received);
  }

  depth(): number {
    return this.unfinished.size;
  }

  private refuse(message: string): Promise<never> {
    this.refused.inc();
    return Promise.reject(new OverloadedError(message, 1));
  }
}
