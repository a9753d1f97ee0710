import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { SlotRecord } from '../ledger/slot-record.js';
import { MemorySlotLedger } from './memory-slot-ledger.js';

const record = (slot: number, more: Partial<SlotRecord> = {}): SlotRecord => ({
  triggerKey: 't',
  slot,
  triggerId: 't',
  application: 'app',
  pipelineId: 'P',
  outcome: 'fired',
  reachedAt: slot,
  ...more,
});

describe('the ledger of slots in memory', () => {
  it('has one record of a slot, the last', async () => {
    const ledger = new MemorySlotLedger(new TestSettings());
    await ledger.record([record(1000, { outcome: 'misfired' }), record(2000)]);
    await ledger.record([record(1000, { startKey: 'k' })]);

    expect(await ledger.within({ from: 0, to: 1000 })).toEqual([record(1000, { startKey: 'k' })]);
    expect((await ledger.latest('t', 5)).map(({ slot }) => slot)).toEqual([2000, 1000]);
    expect(await ledger.within({ from: 0, to: 5000, triggerKey: 'other' })).toEqual([]);
  });

  it('forgets the oldest', async () => {
    const ledger = new MemorySlotLedger(new TestSettings({ 'scheduler.ledger.remembered': 2 }));
    await ledger.record([record(1000), record(2000), record(3000)]);

    expect((await ledger.latest('t', 5)).map(({ slot }) => slot)).toEqual([3000, 2000]);
  });
});
