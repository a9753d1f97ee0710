import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Effect, Outbox, Outcome } from '../../src/outbox/index.js';
import { DeadStarts } from '../../src/slots/index.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { memoryOutbox, newEffect, sqlOutbox } from './outbox-twins.js';

const dies = (): Outcome => ({ kind: 'dead', error: 'no' });

function deadStarts(make: () => Outbox): void {
  let outbox: Outbox;
  let starts: DeadStarts;
  let dead: Effect;
  beforeEach(async () => {
    outbox = make();
    starts = new DeadStarts(outbox);
    ({ effect: dead } = await outbox.perform(newEffect('a slot')));
  });

  it('that is put aside is not redriven, and is put aside by one only', async () => {
    expect(await starts.putAside(dead, 'compensation')).toBe(true);

    expect(await outbox.redrive([dead.id], 'ann')).toBe(0);
    expect(await starts.putAside(dead, 'backfill')).toBe(false);
    expect(await outbox.list({ state: 'dead' }, 1)).toMatchObject([{ discarded: 'started again by compensation' }]);
  });

  it('that was put aside by an instance which came no further is so for the next of its kind', async () => {
    await starts.putAside(dead, 'compensation');

    expect(await starts.putAside(dead, 'compensation')).toBe(true);
  });

  it('that was redriven meanwhile is left alone', async () => {
    expect(await outbox.redrive([dead.id], 'ann')).toBe(1);

    expect(await starts.putAside(dead, 'compensation')).toBe(false);
  });

  it('that an operator discarded is left alone', async () => {
    await outbox.discard([dead.id], 'not needed', 'ann');

    expect(await starts.putAside(dead, 'compensation')).toBe(false);
  });
}

describe('a dead start in memory', () => {
  let tries = 0;
  deadStarts(() => ((tries = 0), memoryOutbox(() => (tries++ === 0 ? dies() : new Promise(() => undefined))).outbox));
});

describe('a dead start in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => void (database = await testDatabase()));
  beforeEach(async () => void (await database.source.query('TRUNCATE effects')));
  afterAll(() => database.drop());

  deadStarts(() => sqlOutbox(database.source, dies).outbox);
});
