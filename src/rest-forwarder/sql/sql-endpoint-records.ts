import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CHANNEL, Wakeups, textOf } from '../../platform/database/index.js';
import { JobRunner } from '../../platform/lifecycle/index.js';
import { EndpointRecords, type EndpointState } from '../endpoint-records.js';

interface Row {
  readonly endpoint: string;
  /** PostgreSQL's bigint comes as text. */
  readonly failing_since: string;
  readonly last_error: string;
  readonly disabled_at: string | null;
}

/** Woken when an endpoint was disabled or enabled. */
const TOPIC = 'rest-endpoints';
/** Wake-ups may be lost; then changes are seen by the clock. */
const LOOK_MS = 5000;

const COLUMNS = 'endpoint, failing_since, last_error, disabled_at';

const FAILED = `
  INSERT INTO rest_endpoints AS known (endpoint, failing_since, last_error) VALUES ($1, $2, $3)
  ON CONFLICT (endpoint) DO UPDATE SET last_error = excluded.last_error
  RETURNING ${COLUMNS}`;

const DISABLE = `
  WITH disabled AS (
    INSERT INTO rest_endpoints AS known (endpoint, failing_since, last_error, disabled_at) VALUES ($1, $2, $3, $2)
    ON CONFLICT (endpoint) DO UPDATE SET last_error = excluded.last_error, disabled_at = excluded.disabled_at
    WHERE known.disabled_at IS NULL
    RETURNING endpoint
  )
  SELECT pg_notify('${CHANNEL}', '${TOPIC}') FROM disabled`;

const ENABLE = `
  WITH enabled AS (DELETE FROM rest_endpoints WHERE endpoint = $1 RETURNING endpoint)
  SELECT pg_notify('${CHANNEL}', '${TOPIC}') FROM enabled`;

const stateOf = ({ failing_since, last_error, disabled_at }: Row): EndpointState => ({
  failingSince: Number(failing_since),
  lastError: last_error,
  ...(disabled_at !== null && { disabledAt: Number(disabled_at) }),
});

/** What all instances have noted, in PostgreSQL. */
@Injectable()
export class SqlEndpointRecords extends EndpointRecords {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly wakeups: Wakeups,
    private readonly jobs: JobRunner,
  ) {
    super();
  }

  async failed(endpoint: string, at: number, lastError: string): Promise<EndpointState> {
    const rows = await this.source.query<Row[]>(FAILED, [textOf(endpoint), at, textOf(lastError)]);
    return rows.map(stateOf)[0] ?? { failingSince: at, lastError };
  }

  async succeeded(endpoint: string): Promise<void> {
    const sql = 'DELETE FROM rest_endpoints WHERE endpoint = $1 AND disabled_at IS NULL';
    await this.source.query(sql, [textOf(endpoint)]);
  }

  async disable(endpoint: string, at: number, lastError: string): Promise<boolean> {
    const woken = await this.source.query<unknown[]>(DISABLE, [textOf(endpoint), at, textOf(lastError)]);
    return woken.length > 0;
  }

  async enable(endpoint: string): Promise<void> {
    await this.source.query(ENABLE, [textOf(endpoint)]);
  }

  async all(): Promise<ReadonlyMap<string, EndpointState>> {
    const rows = await this.source.query<Row[]>(`SELECT ${COLUMNS} FROM rest_endpoints`);
    return new Map(rows.map((row) => [row.endpoint, stateOf(row)]));
  }

  watch(listener: () => Promise<void>): void {
    // A look that fails is made again by the clock.
    this.wakeups.on(TOPIC, () => void listener().catch(() => undefined));
    this.jobs.start({
      name: 'rest.endpoints',
      description: 'Takes over which REST endpoints other instances have disabled or enabled',
      intervalMs: () => LOOK_MS,
      run: listener,
    });
  }
}
