import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { type Pause, Pauses } from '../pauses.js';
import { CronPauses } from './tables.js';

/** The pauses in PostgreSQL. */
@Injectable()
export class SqlPauses extends Pauses {
  constructor(@InjectRepository(CronPauses) private readonly rows: Repository<Pause>) {
    super();
  }

  async put(pause: Pause): Promise<void> {
    await this.rows.upsert(pause, ['scope', 'name']);
  }

  async remove(scope: Pause['scope'], name: string): Promise<'removed' | 'unknown'> {
    const { affected } = await this.rows.delete({ scope, name });
    return affected ? 'removed' : 'unknown';
  }

  all(): Promise<Pause[]> {
    return this.rows.find({ order: { since: 'ASC' } });
  }
}
