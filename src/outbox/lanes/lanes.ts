import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/index.js';
import { Settings } from '../../platform/settings/index.js';
import { outboxConfig } from '../outbox.config.js';
import type { Destination } from '../performer.js';
import { type Fared, Lane, type Turn } from './lane.js';

/** How many may wait for each that may be under way, before a lane counts as full. */
const WAITING_PER_PLACE = 20;

/** Fewer lanes than this are not worth a look for idle ones. */
const SWEPT_FROM = 1000;

interface Entry {
  readonly lane: Lane;
  readonly room: number;
}

/** The lanes of this instance; one exists as long as something is under way, waits, or is remembered about it. */
@Injectable()
export class Lanes {
  private readonly lanes = new Map<string, Entry>();
  private sweepAt = SWEPT_FROM;
  private closed = false;

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async enter(name: string, destination: Destination, insists: boolean): Promise<Turn> {
    if (this.closed) return { kind: 'closed' };
    const { lane } = this.laneOf(name, destination);
    const turn = await lane.enter(insists);
    if (turn.kind !== 'go') return turn;
    const end = (fared: Fared): void => {
      turn.end(fared);
      if (lane.isIdle) this.lanes.delete(name);
    };
    return { kind: 'go', end };
  }

  /** Until when the lane's destination rests; in the past where it does not. */
  restingUntil(name: string): number {
    return this.lanes.get(name)?.lane.restingUntil ?? 0;
  }

  /** Whether the lane can take no more for now. */
  isBlocked(name: string): boolean {
    const entry = this.lanes.get(name);
    return !!entry && (entry.lane.waiting >= entry.room || entry.lane.restingUntil > this.clock.now());
  }

  /** The lanes that can take no more for now. */
  blocked(): string[] {
    return [...this.lanes.keys()].filter((name) => this.isBlocked(name));
  }

  /** Whether about half of those that may wait here have gone. */
  hasRoom(name: string): boolean {
    const entry = this.lanes.get(name);
    return !entry || (entry.lane.waiting <= entry.room / 2 && entry.lane.restingUntil <= this.clock.now());
  }

  /** Whether effects wait here for their turn. */
  isCrowded(name: string): boolean {
    return (this.lanes.get(name)?.lane.waiting ?? 0) > 0;
  }

  get size(): number {
    return this.lanes.size;
  }

  /** Lets nothing begin any more. */
  close(): void {
    this.closed = true;
    for (const { lane } of this.lanes.values()) lane.close();
  }

  private laneOf(name: string, destination: Destination): Entry {
    const known = this.lanes.get(name);
    if (known) return known;
    if (this.lanes.size >= this.sweepAt) this.sweep();
    const concurrency = destination.concurrency ?? this.settings.get(outboxConfig.concurrency);
    const entry = {
      lane: new Lane(this.clock, { ...destination, concurrency }),
      room: concurrency * WAITING_PER_PLACE,
    };
    this.lanes.set(name, entry);
    return entry;
  }

  /** A lane that kept a pace is idle only some time after its last attempt. */
  private sweep(): void {
    for (const [name, { lane }] of this.lanes) if (lane.isIdle) this.lanes.delete(name);
    this.sweepAt = Math.max(SWEPT_FROM, 2 * this.lanes.size);
  }
}
