import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OverloadedError } from '../../src/platform/errors/index.js';
import { totalOf } from '../support/metrics.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { type InboxUnderTest, incoming, memoryInbox, sqlInbox } from './inbox-twins.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE events, open_events, event_repeats')));

const values = { 'events.inbox.capacity': 2, 'shutdown.timeoutMs': 40_000 };
const twins: { name: string; make: () => InboxUnderTest }[] = [
  { name: 'in memory', make: () => memoryInbox(values) },
  { name: 'in PostgreSQL', make: () => sqlInbox(database.source, values) },
];

describe.each(twins)('the inbox $name', ({ make }) => {
  it('takes an event under an id of its own, and answers before any listener sees it', async () => {
    const { inbox, listeners, clock } = make();

    const received = await inbox.accept(incoming());
    expect(listeners.dispatched).toEqual([]);
    expect(received).toMatchObject({ ...incoming(), receivedAt: clock.now() });
    expect(received.inboxId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

    await until(() => listeners.dispatched.length > 0);
    expect(listeners.dispatched).toEqual([received]);
  });

  it('keeps of the request what travels with an event, and nothing else', async () => {
    const { inbox, listeners } = make();
    const headers = Object.fromEntries(
      ['user', 'user-origin', 'accounts', 'request-id', 'execution-id', 'application'].map((name) => [
        `x-spinnaker-${name}`,
        `its ${name}`,
      ]),
    );
    const own = { 'x-spinnaker-anonymous': 'anonymous', 'x-spinnaker-my-own': 'x' };

    await inbox.accept(incoming({ identity: { headers: { ...headers, ...own } } }));

    await until(() => listeners.dispatched.length > 0);
    expect(listeners.dispatched[0]?.identity).toEqual({ headers });
  });

  it('tells events with the same sender id apart', async () => {
    const { inbox } = make();

    const ids = [(await inbox.accept(incoming())).inboxId, (await inbox.accept(incoming())).inboxId];

    expect(new Set(ids).size).toBe(2);
  });

  it('takes a message that its sender repeats for the first one, at once or later', async () => {
    const { inbox, listeners } = make();
    const message = incoming({ dedupeKey: 'pubsub/7' });

    const [first, second] = await Promise.all([inbox.accept(message), inbox.accept(message)]);
    await listeners.finishOne();
    const third = await inbox.accept(message);

    expect([first, second, third].filter(({ repeated }) => repeated)).toHaveLength(2);
    expect(new Set([first, second, third].map(({ inboxId }) => inboxId)).size).toBe(1);
    expect(listeners.dispatched).toHaveLength(1);
    await until(() => inbox.depth() === 0);
  });

  it('knows how many events are unfinished, and shows it', async () => {
    const { inbox, listeners, metrics } = make();
    await inbox.accept(incoming());
    await inbox.accept(incoming());
    expect([inbox.depth(), await totalOf(metrics.depth)]).toEqual([2, 2]);

    await listeners.finishOne();
    await until(() => inbox.depth() === 1);
    expect(await totalOf(metrics.depth)).toBe(1);
  });

  it('at shutdown refuses new events and waits for accepted ones', async () => {
    const { inbox, listeners, clock, shutdown } = make();
    await inbox.accept(incoming());
    let down = false;
    const closing = shutdown.beforeApplicationShutdown().then(() => (down = true));
    await clock.untilWaiting();

    await expect(inbox.accept(incoming())).rejects.toBeInstanceOf(OverloadedError);
    expect(down).toBe(false);

    await listeners.finishOne();
    await closing;
    expect([inbox.depth(), clock.waiting]).toEqual([0, 0]);
  });

  it('at shutdown waits only so long for an event that does not finish', async () => {
    const { inbox, clock, shutdown } = make();
    await inbox.accept(incoming());
    let down = false;
    const closing = shutdown.beforeApplicationShutdown().then(() => (down = true));
    await clock.untilWaiting();

    await clock.advance(19_999);
    expect(down).toBe(false);
    await clock.advance(1);

    expect(await closing).toBe(true);
    expect(inbox.depth()).toBe(1);
  });
});

describe('the inbox in memory', () => {
  it('refuses at its bound, evicts nothing, and takes events again when one has finished', async () => {
    const { inbox, listeners, metrics } = memoryInbox(values);
    await inbox.accept(incoming());
    await inbox.accept(incoming());

    await expect(inbox.accept(incoming())).rejects.toMatchObject({ status: 503, retryAfterSeconds: 1 });
    await until(() => listeners.dispatched.length === 2);

    await listeners.finishOne();
    await until(() => inbox.depth() === 1);
    await inbox.accept(incoming());
    expect([await totalOf(metrics.accepted), await totalOf(metrics.refused)]).toEqual([3, 1]);
  });
});

describe('the inbox in PostgreSQL', () => {
  it('leaves what it may not hold in the database, and goes on with it when it may, the oldest first', async () => {
    const { inbox, listeners, metrics } = sqlInbox(database.source, { 'events.inbox.inFlight': 2 });
    const numbered = (n: number): ReturnType<typeof incoming> => incoming({ event: { eventId: `${n}` } });
    for (let n = 1; n <= 5; n++) await inbox.accept(numbered(n));

    expect([inbox.depth(), await totalOf(metrics.accepted), await totalOf(metrics.refused)]).toEqual([5, 5, 0]);
    await until(() => listeners.dispatched.length === 2);

    for (let n = 1; n <= 5; n++) await listeners.finishOne();
    await until(() => inbox.depth() === 0);
    expect(listeners.dispatched.map(({ event }) => event.eventId)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('leaves it there for another instance that has room', async () => {
    const [full, other] = [1, 10].map((most) => sqlInbox(database.source, { 'events.inbox.inFlight': most }));
    await full?.inbox.accept(incoming());
    await full?.inbox.accept(incoming());

    await other?.runJob('inbox.takeover');
    await until(() => other?.listeners.dispatched.length === 1);
    await other?.listeners.finishOne();
    await full?.listeners.finishOne();
    await until(() => full?.inbox.depth() === 0 && other?.inbox.depth() === 0);
  });

  it('refuses events when too many wait to be written down, and takes the others', async () => {
    const { inbox, metrics } = sqlInbox(database.source, values);
    const answers = await Promise.allSettled([1, 2, 3].map(() => inbox.accept(incoming())));

    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { status: 503, retryAfterSeconds: 1 } });
    expect([await totalOf(metrics.accepted), await totalOf(metrics.refused)]).toEqual([2, 1]);
  });
});
