import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { EventArchive } from '../event-archive.js';
import type { ReceivedEvent } from '../inbox.js';
import type { EventFilter, ListedEvent, Order } from '../event-filter.js';
import { eventsHistory } from './events-history.js';
import { eventsTable } from './events-table.js';

/** The events in PostgreSQL are the inbox's own: there is nothing to keep besides. */
@Injectable()
export class SqlEventArchive extends EventArchive {
  constructor(@InjectDataSource() private readonly source: DataSource) {
    super();
  }

  keep(): void {
    // The inbox has it.
  }

  list(filter: EventFilter, limit: number, order?: Order): Promise<ListedEvent[]> {
    return eventsHistory.list(this.source, filter, limit, order);
  }

  find(id: string): Promise<ReceivedEvent | undefined> {
    return eventsTable.find(this.source, id);
  }
}
