import type { DynamicModule } from '@nestjs/common';

export { Batcher } from './batcher.js';
export { databaseConfig } from './database.config.js';
export { forSender, isPassing } from './database-fault.js';
export { Leases } from './leases.js';
export type { Lease, Unleased } from './leases.js';
export { patiently } from './patiently.js';
export { pooled } from './pooled.js';
export { arraysToLookUp, changeInBatches, deleteInBatches, firstIdAt, textOf, whereOf } from './statements.js';
export type { Transaction } from './transaction.js';
export { millisColumn } from './millis-column.js';
export { twin } from './twin.js';
export { CHANNEL, Wakeups } from './wakeups.js';

/** The database for the composition root; nothing of it is loaded before this is called. */
export const loadDatabase = async (): Promise<DynamicModule> => (await import('./database.module.js')).databaseModule();

/** A connection of its own for the command line; loaded as late. */
export const loadConnection = (): Promise<typeof import('./connect.js')> => import('./connect.js');

/** What changes the schema, for the command line; loaded as late. */
export const loadMigration = (): Promise<typeof import('./migration.js')> => import('./migration.js');
