import { Injectable } from '@nestjs/common';
import { Outbox } from '../../outbox/index.js';
import { START } from '../../pipelines/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { SlotLedger } from '../../slots/index.js';
import { slotView } from './trigger.view.js';

/** What became of the slots of a trigger: the ledger knows of the slots, the outbox of their starts. */
@Injectable()
export class LatestSlots {
  constructor(
    private readonly ledger: SlotLedger,
    private readonly outbox: Outbox,
  ) {}

  /** Newest first. */
  async of(triggerKey: string, limit: number): Promise<JsonObject[]> {
    const records = await this.ledger.latest(triggerKey, limit);
    const starts = await this.outbox.known(
      START,
      records.flatMap(({ startKey }) => startKey ?? []),
    );
    return records.map((record) =>
      slotView(
        record,
        starts.find(({ key }) => key === record.startKey),
      ),
    );
  }
}
