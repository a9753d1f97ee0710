import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { Between, DataSource, LessThan, type Repository } from 'typeorm';
import { Clock } from '../../platform/clock/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { JobRunner } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import type { SlotSpan } from '../ledger/slot-ledger.js';
import type { SlotRecord } from '../ledger/slot-record.js';
import { TransactionalSlotLedger } from '../ledger/transactional-slot-ledger.js';
import { slotsConfig } from '../slots.config.js';
import { type SlotRow, Slots } from './tables.js';

const HOUR_MS = 3_600_000;

const UPSERT = `
  INSERT INTO slots (trigger_key, slot, trigger_id, application, pipeline_id, outcome, reached_at, start_key)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
  ON CONFLICT (trigger_key, slot) DO UPDATE
    SET outcome = excluded.outcome, reached_at = excluded.reached_at, start_key = excluded.start_key`;

const recordOf = ({ startKey, ...row }: SlotRow): SlotRecord => ({ ...row, ...(startKey !== null && { startKey }) });

/** The ledger in PostgreSQL; records are kept for `scheduler.ledger.keepMs`. */
@Injectable()
export class SqlSlotLedger extends TransactionalSlotLedger implements OnApplicationBootstrap {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @InjectRepository(Slots) private readonly rows: Repository<SlotRow>,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly jobs: JobRunner,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'scheduler.ledger.retention',
      description: 'Forgets what became of slots long ago.',
      intervalMs: () => HOUR_MS,
      run: () => this.forget(),
    });
  }

  record(records: readonly SlotRecord[]): Promise<void> {
    return this.write(this.source, records);
  }

  async write(transaction: Transaction, records: readonly SlotRecord[]): Promise<void> {
    if (records.length === 0) return;
    const column = <T>(read: (record: SlotRecord) => T): T[] => records.map(read);
    await transaction.query(UPSERT, [
      column(({ triggerKey }) => triggerKey),
      column(({ slot }) => slot),
      column(({ triggerId }) => triggerId),
      column(({ application }) => application),
      column(({ pipelineId }) => pipelineId),
      column(({ outcome }) => outcome),
      column(({ reachedAt }) => reachedAt),
      column(({ startKey }) => startKey ?? null),
    ]);
  }

  async latest(triggerKey: string, limit: number): Promise<SlotRecord[]> {
    return (await this.rows.find({ where: { triggerKey }, order: { slot: 'DESC' }, take: limit })).map(recordOf);
  }

  async within({ from, to, triggerKey }: SlotSpan): Promise<SlotRecord[]> {
    const where = { slot: Between(from, to), ...(triggerKey !== undefined && { triggerKey }) };
    return (await this.rows.find({ where, order: { slot: 'ASC' } })).map(recordOf);
  }

  private async forget(): Promise<void> {
    const before = this.clock.now() - this.settings.get(slotsConfig.keepMs);
    await this.rows.delete({ slot: LessThan(before) });
  }
}
