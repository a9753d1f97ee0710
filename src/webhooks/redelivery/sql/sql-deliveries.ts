import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Deliveries, type Delivery } from '../deliveries.js';

interface Row {
  readonly event_id: string | null;
  readonly execution_ids: readonly string[];
  /** PostgreSQL's bigint comes as text. */
  readonly at: string;
}

/** The deliveries of all instances, in PostgreSQL. */
@Injectable()
export class SqlDeliveries extends Deliveries {
  constructor(@InjectDataSource() private readonly source: DataSource) {
    super();
  }

  async remember({ key, eventId, executionIds, at }: Delivery, since: number): Promise<void> {
    await this.source.query('DELETE FROM webhook_deliveries WHERE at < $1', [since]);
    await this.source.query(
      `INSERT INTO webhook_deliveries (key, event_id, execution_ids, at)
       VALUES ($1, $2, $3, $4) ON CONFLICT (key) DO NOTHING`,
      [key, eventId, JSON.stringify(executionIds), at],
    );
  }

  async find(key: string, since: number): Promise<Delivery | undefined> {
    const [row] = await this.source.query<Row[]>(
      'SELECT event_id, execution_ids, at FROM webhook_deliveries WHERE key = $1 AND at >= $2',
      [key, since],
    );
    return row && { key, eventId: row.event_id, executionIds: row.execution_ids, at: Number(row.at) };
  }
}
