import { Injectable } from '@nestjs/common';
import { Outbox } from '../../outbox/index.js';
import { type CronTrigger, SlotLedger, type TriggerGroup } from '../../slots/index.js';
import { sameSchedule, sameTrigger } from '../same-trigger.js';
import {
  type DueTrigger,
  type ScheduledTrigger,
  type SyncCounts,
  type TakenTurn,
  TriggerStore,
  type Turn,
} from '../trigger-store.js';
import { type HeapItem, SlotHeap } from './slot-heap.js';

/** The cron triggers of one instance without a database: those made by hand end with the process. */
@Injectable()
export class MemoryTriggerStore extends TriggerStore {
  private readonly triggers = new Map<string, ScheduledTrigger>();
  private readonly listeners: (() => void)[] = [];
  private readonly heap = new SlotHeap(({ key, at }) => this.triggers.get(key)?.nextSlot === at);

  constructor(
    private readonly outbox: Outbox,
    private readonly ledger: SlotLedger,
  ) {
    super();
  }

  sync(wanted: readonly CronTrigger[], firstSlot: (trigger: CronTrigger) => number | undefined): Promise<SyncCounts> {
    const keys = new Set(wanted.map(({ key }) => key));
    const stale = this.of('pipeline').filter(({ trigger: { key } }) => !keys.has(key));
    for (const { trigger } of stale) this.triggers.delete(trigger.key);
    let [added, updated] = [0, 0];
    for (const trigger of wanted) {
      const known = this.triggers.get(trigger.key);
      if (known && sameTrigger(known.trigger, trigger)) continue;
      if (known) updated++;
      else added++;
      const stays = known && sameSchedule(known.trigger, trigger);
      this.put({ trigger, nextSlot: stays ? known.nextSlot : firstSlot(trigger) });
    }
    if (added + updated > 0) this.changed();
    return Promise.resolve({ total: wanted.length, added, updated, removed: stale.length });
  }

  add(trigger: CronTrigger, nextSlot: number | undefined): Promise<'added' | 'known'> {
    if (this.triggers.has(trigger.key)) return Promise.resolve('known');
    this.put({ trigger, nextSlot });
    this.changed();
    return Promise.resolve('added');
  }

  remove(key: string): Promise<CronTrigger | undefined> {
    const found = this.triggers.get(key);
    this.triggers.delete(key);
    return Promise.resolve(found?.trigger);
  }

  find(key: string): Promise<ScheduledTrigger | undefined> {
    return Promise.resolve(this.triggers.get(key));
  }

  list(group: TriggerGroup): Promise<ScheduledTrigger[]> {
    return Promise.resolve(this.of(group).sort((a, b) => (a.trigger.key < b.trigger.key ? -1 : 1)));
  }

  async claim<T extends Turn>(
    until: number,
    limit: number,
    plan: (due: readonly DueTrigger[]) => Promise<readonly T[]>,
  ): Promise<TakenTurn<T>[]> {
    const taken = this.takeDue(until, limit);
    try {
      const turns = await plan(taken);
      const written = await this.outbox.submit(turns.flatMap(({ starts }) => starts.map(({ effect }) => effect)));
      await this.ledger.record(turns.flatMap(({ records }) => records));
      for (const turn of turns) this.moveOn(turn);
      if (turns.length < taken.length) this.giveBack(taken, turns);
      let from = 0;
      return turns.map((turn) => ({ turn, submissions: written.slice(from, (from += turn.starts.length)) }));
    } catch (error) {
      for (const due of taken) this.heap.push(itemOf(due));
      throw error;
    }
  }

  nextSlot(): Promise<number | undefined> {
    return Promise.resolve(this.heap.peek()?.at);
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private of(group: TriggerGroup): ScheduledTrigger[] {
    return [...this.triggers.values()].filter(({ trigger }) => trigger.group === group);
  }

  private takeDue(until: number, limit: number): DueTrigger[] {
    const taken: DueTrigger[] = [];
    for (let item = this.heap.peek(); item && item.at <= until && taken.length < limit; item = this.heap.peek()) {
      this.heap.pop();
      taken.push(this.triggers.get(item.key) as DueTrigger);
    }
    return taken;
  }

  private giveBack(taken: readonly DueTrigger[], turns: readonly Turn[]): void {
    const used = new Set(turns.map(({ due }) => due));
    for (const due of taken) if (!used.has(due)) this.heap.push(itemOf(due));
  }

  /** While its turn was planned the trigger may have been removed, or moved to other times. */
  private moveOn({ due, nextSlot }: Turn): void {
    const current = this.triggers.get(due.trigger.key);
    if (current?.nextSlot === due.nextSlot) this.put({ trigger: current.trigger, nextSlot });
  }

  private put(scheduled: ScheduledTrigger): void {
    this.triggers.set(scheduled.trigger.key, scheduled);
    const { nextSlot } = scheduled;
    if (nextSlot !== undefined) this.heap.push({ key: scheduled.trigger.key, at: nextSlot });
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

const itemOf = ({ trigger: { key }, nextSlot }: DueTrigger): HeapItem => ({ key, at: nextSlot });
