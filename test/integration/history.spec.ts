import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { json } from '../support/http-peer.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let database: TestDatabase;
let echo: RunningEcho;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
afterEach(async () => {
  await echo.close();
  await database.source.query('TRUNCATE events, effects');
});

const kinds: [name: string, env: () => Record<string, string>][] = [
  ['in memory', () => ({})],
  ['in PostgreSQL', () => ({ SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url })],
];

describe.each(kinds)('what has happened, %s,', (_name, env) => {
  const start = async (): Promise<RunningEcho> =>
    (echo = await startEcho({ env: env(), pipelines: [webhookPipeline('hook')] }));
  const jsonOf = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
  interface Events {
    readonly events: { inboxId: string; source: string; state: string; replayOf?: string }[];
    readonly next: string | null;
  }
  interface Effects {
    readonly effects: { id: string; state: string; kind: string }[];
  }

  it('events can be listed, looked at, and replayed; a replay is a new event that starts again', async () => {
    await start();
    await echo.post('/webhooks/webhook/hook', { n: 1 });
    await echo.idle();

    const { events, next } = await jsonOf<Events>(echo.get('/events?type=webhook&source=hook'));
    expect(events).toMatchObject([{ source: 'hook', state: 'done' }]);
    expect(next).toBeNull();
    expect(await jsonOf(echo.get('/events?type=other'))).toEqual({ events: [], next: null });
    const [first] = events;
    expect(await jsonOf(echo.get(`/events/${first?.inboxId}`))).toMatchObject({
      inboxId: first?.inboxId,
      event: { payload: { n: 1 } },
    });

    const range = { from: '2020-01-01T00:00:00Z', source: 'hook' };
    expect(await jsonOf(echo.post('/events/replay', range))).toEqual({ events: 1, replays: [] });
    const replayed = await jsonOf<{ replays: object[] }>(echo.post('/events/replay', { ...range, dryRun: false }));
    expect(replayed.replays).toMatchObject([{ of: first?.inboxId }]);
    await echo.idle();

    expect((await jsonOf<Events>(echo.get('/events?limit=1'))).events).toMatchObject([{ replayOf: first?.inboxId }]);
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(2);
    // What is a replay already is not replayed.
    expect(await jsonOf(echo.post('/events/replay', range))).toMatchObject({ events: 1 });
  });

  it('one event can be replayed by its id, but not one of which only the head is kept', async () => {
    await start();
    const { eventId } = await jsonOf<{ eventId: string }>(echo.post('/webhooks/webhook/hook', { n: 1 }));
    await echo.idle();

    const replayed = await jsonOf<{ inboxId: string }>(echo.post(`/events/${eventId}/replay`, ''));
    await echo.idle();

    expect(await jsonOf(echo.get(`/events/${replayed.inboxId}/decisions`))).toMatchObject([{ eventId }]);
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(2);
    expect((await echo.post('/events/unknown/replay', '')).status).toBe(404);
  });

  it('dead effects can be listed, tried again, and put aside', async () => {
    await start();
    echo.spinnaker.orca.answering(() => json({ message: 'no' }, 400));
    for (const n of [1, 2]) await echo.post('/webhooks/webhook/hook', { n });
    await echo.idle();

    const dead = (await jsonOf<Effects>(echo.get('/effects?state=dead&kind=start'))).effects;
    expect(dead).toHaveLength(2);
    const [one, two] = dead.map(({ id }) => id);
    expect(await jsonOf(echo.get(`/effects/${one}`))).toMatchObject({
      id: one,
      payload: { pipeline: { name: 'hook' } },
    });

    echo.spinnaker.orca.answeringAsUsual();
    expect((await echo.post(`/effects/${one}/redrive`, '')).status).toBe(200);
    await until(async () => (await jsonOf<{ state: string }>(echo.get(`/effects/${one}`))).state === 'done');
    expect((await echo.post(`/effects/${one}/redrive`, '')).status).toBe(409);
    expect((await echo.post('/effects/unknown/redrive', '')).status).toBe(404);

    expect((await echo.post('/effects/discard', { kind: 'start' })).status).toBe(400);
    expect(await jsonOf(echo.post('/effects/discard', { ids: [two], reason: 'too late' }))).toEqual({ discarded: 1 });
    expect(await jsonOf(echo.post('/effects/redrive', { kind: 'start' }))).toEqual({ redriven: 0 });
  });

  it.each([
    ['/events?from=yesterday', 'from'],
    ['/events?limit=0', 'limit'],
    ['/effects?state=odd', 'state'],
  ])('a question that cannot be understood is refused: %s', async (path, word) => {
    await start();
    const answer = await echo.get(path);
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining(word),
    ]);
  });
});
