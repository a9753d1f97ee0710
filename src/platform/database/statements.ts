import { ulidOf } from '../ids/index.js';
import type { Transaction } from './transaction.js';

/** How many rows one statement touches: short transactions, and other instances may do the same meanwhile. */
const ROWS_AT_ONCE = 10_000;

const LOWEST = Buffer.alloc(10);

/** The lowest ULID of an instant: where ids are ULIDs, a range of time is a range of the primary key. */
export const firstIdAt = (time: number): string => ulidOf(Math.max(0, time), LOWEST);

/** Joins the conditions that have a value (`['kind =', kind]`), the values as parameters from `$1` on. */
export function whereOf(conditions: readonly (readonly [left: string, value: unknown])[]): {
  readonly where: string;
  readonly values: unknown[];
} {
  const held = conditions.filter(([, value]) => value !== undefined);
  const where = held.map(([left], at) => `${left} $${at + 1}`).join(' AND ');
  return { where: where && `WHERE ${where}`, values: held.map(([, value]) => value) };
}

/**
 * Deletes the rows of a table that a condition means, some at a time; answers how many. Rows that somebody else has
 * locked are left for the next time.
 *
 * @param id the column of the primary key
 * @param condition with `$1`, `$2` … for `values`
 */
export function deleteInBatches(
  on: Transaction,
  table: string,
  id: string,
  condition: string,
  values: readonly unknown[],
): Promise<number> {
  return inBatches(on, `DELETE FROM ${table}`, { table, id, condition }, values);
}

/**
 * Changes rows in the same way.
 *
 * @param change as after `SET`; the condition must not mean a row any more once it is changed
 */
export function changeInBatches(
  on: Transaction,
  table: string,
  id: string,
  change: string,
  condition: string,
  values: readonly unknown[],
): Promise<number> {
  return inBatches(on, `UPDATE ${table} SET ${change}`, { table, id, condition }, values);
}

async function inBatches(
  on: Transaction,
  statement: string,
  { table, id, condition }: { readonly table: string; readonly id: string; readonly condition: string },
  values: readonly unknown[],
): Promise<number> {
  const sql = `
    WITH touched AS (
      ${statement} WHERE ${id} IN (
        SELECT ${id} FROM ${table} WHERE ${condition} LIMIT ${ROWS_AT_ONCE} FOR UPDATE SKIP LOCKED
      ) RETURNING 1
    )
    SELECT count(*)::int AS n FROM touched`;
  let all = 0;
  for (let some = ROWS_AT_ONCE; some === ROWS_AT_ONCE; all += some) {
    some = (await on.query<{ n: number }[]>(sql, [...values]))[0]?.n ?? 0;
  }
  return all;
}

/** A text as a column holds it: PostgreSQL's texts hold every character but NUL. */
export const textOf = (text: string | null | undefined): string | null => text?.replaceAll('\0', '\uFFFD') ?? null;

/**
 * The parameters from the first on, arrays of these types, as arguments of an `unnest` whose rows are joined to a table by
 * its key. The planner does not see how long they are and takes them for short: it looks each row up. Of hundreds it would
 * rather read the table for all of them, or, without statistics of a new table, read the arrays for each row of that.
 */
export const arraysToLookUp = (...types: readonly string[]): string =>
  types.map((type, at) => `(SELECT $${at + 1}::${type}[])`).join(', ');
