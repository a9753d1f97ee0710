import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Wakeups } from '../../src/platform/database/index.js';
import type { JobRunner } from '../../src/platform/lifecycle/index.js';
import type { EndpointRecords } from '../../src/rest-forwarder/endpoint-records.js';
import { MemoryEndpointRecords } from '../../src/rest-forwarder/memory/memory-endpoint-records.js';
import { SqlEndpointRecords } from '../../src/rest-forwarder/sql/sql-endpoint-records.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE rest_endpoints')));

const overSql = (): EndpointRecords => new SqlEndpointRecords(database.source, {} as Wakeups, {} as JobRunner);

describe.each([
  { name: 'in memory', make: () => new MemoryEndpointRecords() },
  { name: 'in PostgreSQL', make: overSql },
])('records of endpoints $name', ({ make }) => {
  let records: EndpointRecords;
  beforeEach(() => void (records = make()));

  const all = async (): Promise<object> => Object.fromEntries(await records.all());

  it('say since when an endpoint fails, and with what', async () => {
    expect(await records.failed('a', 10, 'first')).toEqual({ failingSince: 10, lastError: 'first' });
    expect(await records.failed('a', 20, 'second')).toEqual({ failingSince: 10, lastError: 'second' });
    await records.failed('b', 30, 'null\u0000');

    expect(await all()).toEqual({
      a: { failingSince: 10, lastError: 'second' },
      b: { failingSince: 30, lastError: expect.stringContaining('null') as string },
    });
  });

  it('forget a failure with the next success, and no other', async () => {
    await records.failed('a', 10, 'x');
    await records.failed('b', 10, 'x');
    await records.succeeded('a');

    expect(await all()).toEqual({ b: { failingSince: 10, lastError: 'x' } });
    expect(await records.failed('a', 40, 'y')).toMatchObject({ failingSince: 40 });
  });

  it('disable an endpoint once, until it is enabled', async () => {
    await records.failed('a', 10, 'x');

    expect(await records.disable('a', 20, 'gone')).toBe(true);
    expect(await records.disable('a', 30, 'again')).toBe(false);
    await records.succeeded('a');
    expect(await all()).toEqual({ a: { failingSince: 10, lastError: 'gone', disabledAt: 20 } });
    expect(await records.failed('a', 40, 'late')).toMatchObject({ disabledAt: 20 });
    await records.enable('a');
    expect(await all()).toEqual({});
    expect(await records.disable('a', 50, 'gone')).toBe(true);
  });

  it('disable an endpoint that never failed before', async () => {
    expect(await records.disable('a', 20, 'gone')).toBe(true);
    expect(await all()).toEqual({ a: { failingSince: 20, lastError: 'gone', disabledAt: 20 } });
  });
});

describe('instances over one database', () => {
  it('disable an endpoint together, and one of them did it', async () => {
    const outcomes = await Promise.all([overSql(), overSql(), overSql()].map((one) => one.disable('a', 1, 'x')));

    expect(outcomes.toSorted()).toEqual([false, false, true]);
  });
});
