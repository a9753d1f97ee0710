import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/settings/index.js';
import { slotsConfig } from '../slots.config.js';
import { SlotLedger, type SlotSpan } from '../ledger/slot-ledger.js';
import type { SlotRecord } from '../ledger/slot-record.js';

/** The ledger of one instance without a database: the latest records, as many as `scheduler.ledger.remembered`. */
@Injectable()
export class MemorySlotLedger extends SlotLedger {
  private readonly records = new Map<string, SlotRecord>();

  constructor(private readonly settings: Settings) {
    super();
  }

  record(records: readonly SlotRecord[]): Promise<void> {
    for (const record of records) this.put(record);
    return Promise.resolve();
  }

  latest(triggerKey: string, limit: number): Promise<SlotRecord[]> {
    const found = this.where((record) => record.triggerKey === triggerKey);
    return Promise.resolve(found.reverse().slice(0, limit));
  }

  within({ from, to, triggerKey }: SlotSpan): Promise<SlotRecord[]> {
    return Promise.resolve(
      this.where(
        (record) =>
          record.slot >= from && record.slot <= to && (triggerKey === undefined || record.triggerKey === triggerKey),
      ),
    );
  }

  private where(wanted: (record: SlotRecord) => boolean): SlotRecord[] {
    return [...this.records.values()].filter(wanted).sort((a, b) => a.slot - b.slot);
  }

  /** A map keeps the order of insertion: the first is the one that was written longest ago. */
  private put(record: SlotRecord): void {
    const key = `${record.triggerKey}\n${record.slot}`;
    this.records.delete(key);
    this.records.set(key, record);
    const oldest = this.records.keys().next();
    if (this.records.size > this.settings.get(slotsConfig.remembered) && !oldest.done)
      this.records.delete(oldest.value);
  }
}
