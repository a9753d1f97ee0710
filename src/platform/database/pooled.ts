import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Transaction } from './transaction.js';

/** What is used of the pool of `pg`. */
interface Pool {
  query(sql: string, parameters?: unknown[]): Promise<{ readonly rows: unknown }>;
}

/**
 * The pool of an initialised `DataSource`, for statements that are transactions of their own; answers their rows. TypeORM
 * makes a query runner for each, and what statements carry then outlives the young generation of V8's heap: under load that
 * costs a third of the garbage collection (bench/durable.mjs).
 */
export function pooled(source: DataSource): Transaction {
  const { master } = source.driver as PostgresDriver;
  const pool = master as Pool;
  return { query: async <T>(sql: string, parameters?: unknown[]) => (await pool.query(sql, parameters)).rows as T };
}
