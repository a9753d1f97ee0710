import type { Transaction } from '../platform/database/index.js';
import type { NewEffect } from './effect.js';
import { Outbox, type Submission } from './outbox.js';

/**
 * The outbox over PostgreSQL, for rooms whose own transaction brings effects about (a claimed slot, a settled event):
 *
 * ```ts
 * const written = await dataSource.transaction(async (manager) => {
 *   …claim…
 *   return outbox.write(manager, effects);
 * });
 * outbox.adopt(written);
 * ```
 *
 * Written effects are leased to this instance until a while after their `notBefore`; when the instance dies between the
 * commit and `adopt`, another one takes them over.
 */
export abstract class TransactionalOutbox extends Outbox {
  /** Writes effects down inside of a transaction; nothing is attempted before `adopt`. */
  abstract write<P>(transaction: Transaction, effects: readonly NewEffect<P>[]): Promise<Submission[]>;

  /** After the commit: attempts what was written, each effect at its `notBefore` or at once. */
  abstract adopt(written: readonly Submission[]): void;
}
