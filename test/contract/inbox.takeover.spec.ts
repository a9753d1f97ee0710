import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseJson, stringifyJson } from '../../src/platform/json/index.js';
import type { EchoEvent } from '../../src/events/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { incoming, sqlInbox } from './inbox-twins.js';

const LEASE = 30_000;
const SHUTDOWN = 30_000;
let database: TestDatabase;
let clock: ManualClock;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => {
  await database.source.query('TRUNCATE events, open_events, event_repeats');
  clock = new ManualClock();
});

const instance = () =>
  sqlInbox(database.source, { 'events.inbox.leaseMs': LEASE, 'shutdown.timeoutMs': SHUTDOWN }, clock);
const rows = <T>(sql: string): Promise<T[]> => database.source.query<T[]>(sql);
const isOpen = async (eventId: string): Promise<boolean> =>
  (await rows(`SELECT 1 FROM open_events JOIN events USING (inbox_id) WHERE event_id = '${eventId}'`)).length > 0;
const undone = async (): Promise<number> => (await rows('SELECT 1 FROM open_events')).length;

describe('several instances over one database', () => {
  it('dispatch an event once, as long as the one that has it renews its lease', async () => {
    const [one, other] = [instance(), instance()];
    await one.inbox.accept(incoming());

    for (let time = 0; time < 5; time++) {
      await clock.advance(LEASE / 3);
      await one.runJob('inbox.leases');
      await other.runJob('inbox.takeover');
    }

    expect([one.listeners.dispatched.length, other.listeners.dispatched.length]).toEqual([1, 0]);
  });

  it('go on with an event whose instance is gone, just as it came', async () => {
    const [gone, other] = [instance(), instance()];
    const event = parseJson(
      '{"details":{"type":"t\\u0000","attributes":{}},"payload":{"b":1.0,"a":12345678901234567890,"1":"\\u0000"},"eventId":null}',
    ) as unknown as EchoEvent;
    const received = await gone.inbox.accept(incoming({ event, privateHeaders: { 'x-hub-signature': ['s'] } }));

    await clock.advance(LEASE);
    await other.runJob('inbox.takeover');
    await until(() => other.listeners.dispatched.length > 0);

    const [taken] = other.listeners.dispatched;
    expect(taken).toMatchObject({
      inboxId: received.inboxId,
      receivedAt: received.receivedAt,
      identity: received.identity,
      privateHeaders: { 'x-hub-signature': ['s'] },
    });
    expect(stringifyJson(taken?.event as never)).toBe(stringifyJson(event as never));
    await other.listeners.finishOne();
    await until(async () => (await undone()) === 0);
  });

  it('a message that is repeated to another instance is known there', async () => {
    const [one, other] = [instance(), instance()];
    const message = incoming({ dedupeKey: 'sqs/q/1' });
    const first = await one.inbox.accept(message);

    expect(await other.inbox.accept(message)).toMatchObject({ inboxId: first.inboxId, repeated: true });
    expect(other.listeners.dispatched).toEqual([]);
  });

  it('at shutdown an event that did not finish is handed back at once', async () => {
    const [one, other] = [instance(), instance()];
    await one.inbox.accept(incoming());
    const down = one.shutdown.beforeApplicationShutdown();
    await clock.untilWaiting();
    // The time that events may take, and no more: the hand-over after it is waited for.
    await clock.advance(SHUTDOWN / 2);
    await down;

    await other.runJob('inbox.takeover');
    await until(() => other.listeners.dispatched.length > 0);
  });
});

describe('an event of which all listeners have finished', () => {
  it("keeps what it brought, but for orca's tasks, of which only the head stays", async () => {
    const { inbox, listeners } = instance();
    const content = { execution: { stages: [] } };
    for (const type of ['orca:stage:complete', 'orca:task:complete']) {
      await inbox.accept(incoming({ event: { details: { type, application: 'app' }, content, eventId: type } }));
      await listeners.finishOne();
    }
    await until(async () => (await undone()) === 0);

    expect(await rows('SELECT event FROM events ORDER BY inbox_id')).toEqual([
      {
        event: {
          details: { type: 'orca:stage:complete', application: 'app' },
          content,
          eventId: 'orca:stage:complete',
        },
      },
      { event: { details: { type: 'orca:task:complete', application: 'app' }, eventId: 'orca:task:complete' } },
    ]);
  });
});

describe('retention', () => {
  const accept = async (one: ReturnType<typeof instance>, n: number, finish = true): Promise<void> => {
    await one.inbox.accept(
      incoming({ dedupeKey: `m${n}`, event: { eventId: `${n}`, content: { text: 'x'.repeat(900) } } }),
    );
    if (!finish) return;
    await one.listeners.finishOne();
    await until(async () => !(await isOpen(`${n}`)));
  };
  const left = async (): Promise<unknown[]> =>
    (await rows<{ event_id: string }>('SELECT event_id FROM events ORDER BY 1')).map(({ event_id }) => event_id);

  it('forgets finished events, and the ids of messages, that are old enough', async () => {
    const one = instance();
    await accept(one, 1);
    await accept(one, 2, false);
    await clock.advance(1);
    await accept(instance(), 3);
    await clock.advance(7 * 86_400_000);

    await one.runJob('inbox.retention');

    expect(await left()).toEqual(['2', '3']);
    expect(await rows('SELECT dedupe_key FROM event_repeats')).toEqual([{ dedupe_key: 'm3' }]);
  });

  it('forgets the oldest finished events when they have grown beyond their budget', async () => {
    const one = sqlInbox(database.source, { 'events.inbox.maxSize': 2500 }, clock);
    for (const n of [1, 2, 3, 4]) await accept(one, n);

    await one.runJob('inbox.retention');

    expect(await left()).toEqual(['3', '4']);
  });
});
