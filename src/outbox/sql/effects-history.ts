import {
  type Transaction,
  changeInBatches,
  deleteInBatches,
  firstIdAt,
  textOf,
  whereOf,
} from '../../platform/database/index.js';
import type { Effect, Handling } from '../effect.js';
import type { EffectFilter } from '../effect-filter.js';
import { COLUMNS, type EffectRow, effectOf } from './effect-row.js';

const meant = ({ kind, state, inboxId, from, to, before, discarded }: EffectFilter): ReturnType<typeof whereOf> =>
  whereOf([
    ['kind =', kind],
    ['state =', state],
    [`cause ->> 'inboxId' =`, inboxId],
    ['id >=', from && firstIdAt(from)],
    ['id <', to && firstIdAt(to + 1)],
    ['id <', before],
    ['(discarded IS NOT NULL) =', discarded],
  ]);

/** Up to when effects are forgotten, by what became of them; milliseconds since the epoch. */
interface Retention {
  readonly before: number;
  readonly deadBefore: number;
  readonly ledgerBefore: number;
  readonly ledgerKinds: readonly string[];
}

/** The statements of those who look at effects, repair them, and clear them away. */
export const effectsHistory = {
  async find(on: Transaction, id: string): Promise<Effect | undefined> {
    const [row] = await on.query<EffectRow[]>(`SELECT ${COLUMNS} FROM effects WHERE id = $1`, [id]);
    return row && effectOf(row);
  },

  /** Newest first. */
  async list(on: Transaction, filter: EffectFilter, limit: number): Promise<Effect[]> {
    const { where, values } = meant(filter);
    const sql = `SELECT ${COLUMNS} FROM effects ${where} ORDER BY id DESC LIMIT ${limit}`;
    return (await on.query<EffectRow[]>(sql, values)).map(effectOf);
  },

  /** The ids of the same. */
  async ids(on: Transaction, filter: EffectFilter, limit: number): Promise<string[]> {
    const { where, values } = meant(filter);
    const sql = `SELECT id FROM effects ${where} ORDER BY id DESC LIMIT ${limit}`;
    return (await on.query<{ id: string }[]>(sql, values)).map(({ id }) => id);
  },

  /** Dead effects become pending as if they were written now; answers how many. */
  async redrive(on: Transaction, ids: readonly string[], handled: Handling): Promise<number> {
    const sql = `
      WITH redriven AS (
        UPDATE effects SET state = 'pending', attempts = 0, finished_at = NULL, not_before = $2, next_attempt_at = $2,
          leased_by = NULL, leased_until = $2, handled = $3
        WHERE id = ANY($1) AND state = 'dead' AND discarded IS NULL RETURNING id
      )
      SELECT count(*)::int AS n FROM redriven`;
    return (await on.query<{ n: number }[]>(sql, [ids, handled.at, JSON.stringify(handled)]))[0]?.n ?? 0;
  },

  async discard(on: Transaction, ids: readonly string[], reason: string, handled: Handling): Promise<number> {
    const sql = `
      WITH discarded AS (
        UPDATE effects SET discarded = $2, handled = $3 WHERE id = ANY($1) AND state = 'dead' AND discarded IS NULL RETURNING id
      )
      SELECT count(*)::int AS n FROM discarded`;
    return (await on.query<{ n: number }[]>(sql, [ids, textOf(reason), JSON.stringify(handled)]))[0]?.n ?? 0;
  },

  /** Forgets effects that ended before the instants; those of the ledger stay for longer, without their payload. */
  async forget(on: Transaction, { before, deadBefore, ledgerBefore, ledgerKinds }: Retention): Promise<void> {
    const ended = `finished_at < $1 AND state <> 'dead'`;
    const whole = `(bytes > 0) AND ${ended}`;
    await deleteInBatches(on, 'effects', 'id', `${whole} AND kind <> ALL($2)`, [before, ledgerKinds]);
    await changeInBatches(on, 'effects', 'id', `payload = 'null', bytes = 0`, `${whole} AND kind = ANY($2)`, [
      before,
      ledgerKinds,
    ]);
    await deleteInBatches(on, 'effects', 'id', `(bytes > 0) IS FALSE AND ${ended}`, [ledgerBefore]);
    for (const bytes of ['(bytes > 0)', '(bytes > 0) IS FALSE']) {
      await deleteInBatches(on, 'effects', 'id', `${bytes} AND finished_at < $1 AND state = 'dead'`, [deadBefore]);
    }
  },
};
