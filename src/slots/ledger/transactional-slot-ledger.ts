import type { Transaction } from '../../platform/database/index.js';
import { SlotLedger } from './slot-ledger.js';
import type { SlotRecord } from './slot-record.js';

/** The ledger over PostgreSQL, for who reaches slots in a transaction of their own. */
export abstract class TransactionalSlotLedger extends SlotLedger {
  abstract write(transaction: Transaction, records: readonly SlotRecord[]): Promise<void>;
}
