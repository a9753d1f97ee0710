import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import type { DataSource, Repository } from 'typeorm';
import { Outbox, type TransactionalOutbox } from '../../outbox/index.js';
import { type Transaction, Wakeups } from '../../platform/database/index.js';
import { type CronTrigger, SlotLedger, type TransactionalSlotLedger, type TriggerGroup } from '../../slots/index.js';
import {
  type DueTrigger,
  type ScheduledTrigger,
  type SyncCounts,
  type TakenTurn,
  TriggerStore,
  type Turn,
} from '../trigger-store.js';
import { CronTriggers, type CronTriggerRow, scheduledOf, triggerOf } from './cron-trigger-row.js';
import { cronTriggersTable, type FreshRow } from './cron-triggers-table.js';
import { Fingerprints } from './fingerprints.js';

/** Woken when triggers may be due earlier than was known. */
const TOPIC = 'cron-triggers';
/** Rows of one statement. */
const BATCH = 5000;

type FirstSlot = (trigger: CronTrigger) => number | undefined;

/**
 * The cron triggers of all instances that share a database. A claim is one transaction: it locks what is due and skips
 * what others have locked, writes the starts into the outbox and the slots into the ledger, and moves the triggers on; an instance that dies in the
 * middle leaves nothing behind.
 */
@Injectable()
export class SqlTriggerStore extends TriggerStore {
  private readonly fingerprints = new Fingerprints();

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @InjectRepository(CronTriggers) private readonly rows: Repository<CronTriggerRow>,
    @Inject(Outbox) private readonly outbox: TransactionalOutbox,
    @Inject(SlotLedger) private readonly ledger: TransactionalSlotLedger,
    private readonly wakeups: Wakeups,
  ) {
    super();
  }

  async sync(wanted: readonly CronTrigger[], firstSlot: FirstSlot): Promise<SyncCounts> {
    const counts = await this.source.transaction(async (manager) => {
      await cronTriggersTable.lockForSync(manager);
      const known = await cronTriggersTable.fingerprints(manager);
      const changed = wanted.filter((trigger) => known.get(trigger.key) !== this.fingerprints.of(trigger));
      const kept = new Set(wanted.map(({ key }) => key));
      const stale = [...known.keys()].filter((key) => !kept.has(key));
      await this.write(manager, changed, firstSlot);
      if (stale.length > 0) await cronTriggersTable.remove(manager, stale);
      const added = changed.filter(({ key }) => !known.has(key)).length;
      return { total: wanted.length, added, updated: changed.length - added, removed: stale.length };
    });
    if (counts.added + counts.updated > 0) await this.wakeups.wake(TOPIC);
    return counts;
  }

  async add(trigger: CronTrigger, nextSlot: number | undefined): Promise<'added' | 'known'> {
    const isNew = await cronTriggersTable.insert(this.source, this.fresh(trigger, nextSlot));
    if (isNew) await this.wakeups.wake(TOPIC);
    return isNew ? 'added' : 'known';
  }

  async remove(key: string): Promise<CronTrigger | undefined> {
    const [row] = await cronTriggersTable.remove(this.source, [key]);
    return row && triggerOf(row);
  }

  async find(key: string): Promise<ScheduledTrigger | undefined> {
    const row = await this.rows.findOneBy({ key });
    return row ? scheduledOf(row) : undefined;
  }

  async list(group: TriggerGroup): Promise<ScheduledTrigger[]> {
    return (await this.rows.find({ where: { group }, order: { key: 'ASC' } })).map(scheduledOf);
  }

  async claim<T extends Turn>(
    until: number,
    limit: number,
    plan: (due: readonly DueTrigger[]) => Promise<readonly T[]>,
  ): Promise<TakenTurn<T>[]> {
    const { turns, written } = await this.source.transaction(async (manager) => {
      const due = await cronTriggersTable.take(manager, until, limit);
      if (due.length === 0) return { turns: [], written: [] };
      const planned = await plan(due);
      if (planned.length === 0) return { turns: [], written: [] };
      await cronTriggersTable.moveOn(manager, planned);
      await this.ledger.write(
        manager,
        planned.flatMap(({ records }) => records),
      );
      const effects = planned.flatMap(({ starts }) => starts.map(({ effect }) => effect));
      return { turns: planned, written: effects.length > 0 ? await this.outbox.write(manager, effects) : [] };
    });
    this.outbox.adopt(written);
    let from = 0;
    return turns.map((turn) => ({ turn, submissions: written.slice(from, (from += turn.starts.length)) }));
  }

  nextSlot(): Promise<number | undefined> {
    return cronTriggersTable.nextSlot(this.source);
  }

  onChange(listener: () => void): void {
    this.wakeups.on(TOPIC, listener);
  }

  private async write(on: Transaction, triggers: readonly CronTrigger[], firstSlot: FirstSlot): Promise<void> {
    for (let from = 0; from < triggers.length; from += BATCH) {
      const batch = triggers.slice(from, from + BATCH);
      await cronTriggersTable.replace(
        on,
        batch.map((trigger) => this.fresh(trigger, firstSlot(trigger))),
      );
    }
  }

  private fresh(trigger: CronTrigger, nextSlot: number | undefined): FreshRow {
    return { trigger, fingerprint: this.fingerprints.of(trigger), nextSlot };
  }
}
