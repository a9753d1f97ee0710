import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Deliveries, Delivery } from '../../src/webhooks/redelivery/deliveries.js';
import { MemoryDeliveries } from '../../src/webhooks/redelivery/memory/memory-deliveries.js';
import { SqlDeliveries } from '../../src/webhooks/redelivery/sql/sql-deliveries.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE webhook_deliveries')));

const twins: { name: string; make: () => Deliveries }[] = [
  { name: 'in memory', make: () => new MemoryDeliveries() },
  { name: 'in PostgreSQL', make: () => new SqlDeliveries(database.source) },
];

const NOW = Date.UTC(2024, 0, 15, 12);
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  key: 'k',
  eventId: 'e',
  executionIds: ['x', 'y'],
  at: NOW,
  ...more,
});

describe.each(twins)('deliveries $name', ({ make }) => {
  it('are found by their key', async () => {
    const deliveries = make();
    await deliveries.remember(delivery(), 0);
    await deliveries.remember(delivery({ key: 'other', eventId: null, executionIds: [] }), 0);

    expect(await deliveries.find('k', 0)).toEqual(delivery());
    expect(await deliveries.find('other', 0)).toEqual(delivery({ key: 'other', eventId: null, executionIds: [] }));
    expect(await deliveries.find('unknown', 0)).toBeUndefined();
  });

  it('stay as they were first', async () => {
    const deliveries = make();
    await deliveries.remember(delivery(), 0);
    await deliveries.remember(delivery({ executionIds: ['z'] }), 0);

    expect(await deliveries.find('k', 0)).toEqual(delivery());
  });

  it('count no longer than they should', async () => {
    const deliveries = make();
    await deliveries.remember(delivery(), 0);

    expect(await deliveries.find('k', NOW)).toEqual(delivery());
    expect(await deliveries.find('k', NOW + 1)).toBeUndefined();
  });

  it('are forgotten when they are too old, and may come anew', async () => {
    const deliveries = make();
    await deliveries.remember(delivery(), 0);
    await deliveries.remember(delivery({ key: 'newer', at: NOW + 10 }), NOW + 5);
    await deliveries.remember(delivery({ executionIds: ['again'], at: NOW + 20 }), NOW + 5);

    expect(await deliveries.find('k', 0)).toMatchObject({ executionIds: ['again'] });
    expect(await deliveries.find('newer', 0)).toMatchObject({ at: NOW + 10 });
  });
});
