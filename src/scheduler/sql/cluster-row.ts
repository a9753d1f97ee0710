import { EntitySchema } from 'typeorm';
import { millisColumn } from '../../platform/database/index.js';

/** A row of `clusters`. */
export interface ClusterRow {
  readonly name: string;
  readonly enabled: boolean;
  readonly seenAt: number;
}

/** The table as TypeORM knows it; the migrations make it. */
export const Clusters = new EntitySchema<ClusterRow>({
  name: 'Cluster',
  tableName: 'clusters',
  columns: {
    name: { type: 'text', primary: true },
    enabled: { type: 'boolean' },
    seenAt: { ...millisColumn, name: 'seen_at' },
  },
});
