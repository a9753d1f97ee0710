import { EntitySchema } from 'typeorm';
import { millisColumn } from '../../platform/database/index.js';
import type { SlotRecord } from '../ledger/slot-record.js';
import type { Pause } from '../pauses.js';

/** A row of the ledger. */
export interface SlotRow extends Omit<SlotRecord, 'startKey'> {
  readonly startKey: string | null;
}

export const Slots = new EntitySchema<SlotRow>({
  name: 'Slot',
  tableName: 'slots',
  columns: {
    triggerKey: { name: 'trigger_key', type: 'text', primary: true, collation: 'C' },
    slot: { ...millisColumn, primary: true },
    triggerId: { name: 'trigger_id', type: 'text' },
    application: { type: 'text' },
    pipelineId: { name: 'pipeline_id', type: 'text' },
    outcome: { type: 'text' },
    reachedAt: { ...millisColumn, name: 'reached_at' },
    startKey: { name: 'start_key', type: 'text', nullable: true },
  },
});

export const CronPauses = new EntitySchema<Pause>({
  name: 'CronPause',
  tableName: 'cron_pauses',
  columns: {
    scope: { type: 'text', primary: true },
    name: { type: 'text', primary: true },
    note: { type: 'text' },
    by: { name: 'paused_by', type: 'text' },
    since: { ...millisColumn },
  },
});
