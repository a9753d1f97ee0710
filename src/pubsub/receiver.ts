import { Logger } from '@nestjs/common';
import type { Clock } from '../platform/clock/index.js';
import { messageOf } from '../platform/errors/index.js';
import type { Source } from './message-event.js';
import type { PubsubMessage, Settlement } from './pubsub-system.js';

/** What a receiver is doing. */
export type ReceiverState = 'connecting' | 'receiving' | 'paused' | 'waiting' | 'stopped';

/** What a receiver needs of its surroundings. */
export interface ReceiverHost {
  readonly clock: Clock;
  readonly isPaused: () => boolean;
  readonly take: (message: PubsubMessage) => Promise<Settlement>;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Keeps one subscription receiving: connects again after a loss, with growing pauses, rests while it is paused, and ends
 * when it is told to stop.
 */
export class Receiver {
  state: ReceiverState = 'connecting';
  /** Why the last connection was lost; empty again when the next one stands. */
  lastError: string | undefined;
  private readonly log = new Logger('Pubsub');
  private readonly name: string;
  private losses = 0;
  private connectedAt = 0;
  private stopping = false;
  /** Ends whatever the receiver is doing, so that it looks again at what it should do. */
  private current = new AbortController();

  constructor(
    readonly source: Source,
    private readonly host: ReceiverHost,
  ) {
    this.name = `${source.system} subscription '${source.subscription.name}'`;
  }

  /** Resolves after `stop`, when all that was received is settled. */
  async run(): Promise<void> {
    while (!this.stopping) {
      this.current = new AbortController();
      await (this.host.isPaused() ? this.rest() : this.receive(this.current.signal));
    }
    this.state = 'stopped';
  }

  stop(): void {
    this.stopping = true;
    this.current.abort();
  }

  /** To be called when settings have changed. */
  reconsider(): void {
    if (this.host.isPaused() !== (this.state === 'paused')) this.current.abort();
  }

  private rest(): Promise<void> {
    this.state = 'paused';
    this.log.log(`The ${this.name} is paused.`);
    return new Promise((resolve) => this.current.signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  private async receive(signal: AbortSignal): Promise<void> {
    this.state = 'connecting';
    try {
      const { take } = this.host;
      await this.source.subscription.receive({ signal, take, connected: () => this.connected(signal) });
      if (!signal.aborted) throw new Error('the connection ended');
    } catch (error) {
      if (!signal.aborted) await this.lost(error, signal);
    }
  }

  private connected(signal: AbortSignal): void {
    if (this.state === 'receiving' || signal.aborted) return;
    this.state = 'receiving';
    this.lastError = undefined;
    this.connectedAt = this.host.clock.monotonic();
    this.log.log(`Receiving messages of the ${this.name}.`);
  }

  private async lost(error: unknown, signal: AbortSignal): Promise<void> {
    const stood = this.state === 'receiving' && this.host.clock.monotonic() - this.connectedAt >= LONGEST_PAUSE_MS;
    // A connection that is lost as soon as it stands is no better than none.
    if (stood) this.losses = 0;
    this.state = 'waiting';
    const reason = messageOf(error);
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.losses++);
    // A system that is away for hours says the same thing every half minute: once is enough.
    if (reason !== this.lastError) {
      this.log.warn({ message: `No messages of the ${this.name}: ${reason}. Connecting again.`, err: error });
    }
    this.lastError = reason;
    await this.host.clock.sleep(pause, signal).catch(() => undefined);
  }
}
