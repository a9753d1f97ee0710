import { createHash } from 'node:crypto';
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
  await database.source.query('TRUNCATE events, open_events, effects');
});

const ANN = { authorization: 'Bearer let' };
const TOKENS = {
  SECURITY_TOKENS_0_NAME: 'ann',
  SECURITY_TOKENS_0_HASH: `sha256:${createHash('sha256').update('let').digest('hex')}`,
  SECURITY_TOKENS_0_SCOPES: 'operate',
};

const kinds: [name: string, env: () => Record<string, string>][] = [
  ['in memory', () => ({})],
  ['in PostgreSQL', () => ({ SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: database.url })],
];

describe.each(kinds)('what has happened, %s,', (_name, env) => {
  const start = async (more: Record<string, string> = {}): Promise<RunningEcho> =>
    (echo = await startEcho({ env: { ...TOKENS, ...env(), ...more }, pipelines: [webhookPipeline('hook')] }));
  const jsonOf = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;
  interface Events {
    readonly events: { inboxId: string; source: string; state: string; replayOf?: string }[];
    readonly next: string | null;
  }
  interface Replayed {
    readonly events: number;
    readonly replays: { of: string; inboxId: string }[];
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
    expect(await jsonOf(echo.post('/events/replay', range))).toEqual({
      events: 1,
      replays: [],
      skipped: [],
      next: null,
    });
    const replayed = await jsonOf<Replayed>(echo.post('/events/replay', { ...range, dryRun: false }, ANN));
    expect(replayed.replays).toMatchObject([{ of: first?.inboxId }]);
    await echo.idle();

    const replay = { replayOf: first?.inboxId, replayedBy: 'ann' };
    expect((await jsonOf<Events>(echo.get('/events?limit=1'))).events).toMatchObject([replay]);
    expect(await jsonOf(echo.get(`/events/${replayed.replays[0]?.inboxId}`))).toMatchObject(replay);
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(2);
    // What is a replay already is not replayed.
    expect(await jsonOf(echo.post('/events/replay', range))).toMatchObject({ events: 1 });
  });

  it('one event can be replayed by its id, but not one of which only the head is kept', async () => {
    await start();
    const { eventId } = await jsonOf<{ eventId: string }>(echo.post('/webhooks/webhook/hook', { n: 1 }));
    await echo.idle();

    const replayed = await jsonOf<{ inboxId: string }>(echo.post(`/events/${eventId}/replay`, '', ANN));
    await echo.idle();

    expect(await jsonOf(echo.get(`/events/${replayed.inboxId}`))).toMatchObject({ replayedBy: 'ann' });
    expect(await jsonOf(echo.get(`/events/${replayed.inboxId}/decisions`))).toMatchObject([{ eventId }]);
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(2);
    expect((await echo.post('/events/unknown/replay', '')).status).toBe(404);
  });

  it(
    'events are replayed by their ids, and ranges of any length page by page, oldest first',
    { timeout: 120_000 },
    async () => {
      await start({ ORCA_ENABLED: 'false' });
      const all = Array.from({ length: 1005 }, (_, i) => i);
      for (let from = 0; from < all.length; from += 50) {
        await Promise.all(all.slice(from, from + 50).map((n) => echo.post('/webhooks/webhook/hook', { n })));
      }
      await echo.idle();
      const range = { from: '2020-01-01T00:00:00Z', limit: 1001 };

      const named = await jsonOf<Replayed>(echo.post('/events/replay', { ids: ['unknown'], dryRun: false }));
      expect(named).toEqual({ events: 0, replays: [], skipped: ['unknown'], next: null });
      expect(await jsonOf(echo.post('/events/replay', { ...range, limit: 5000 }))).toMatchObject({
        events: 1005,
        next: null,
      });
      const first = await jsonOf<Replayed>(echo.post('/events/replay', { ...range, dryRun: false }));
      const rest = await jsonOf<Replayed>(echo.post('/events/replay', { ...range, after: first.next, dryRun: false }));
      await echo.idle();

      expect([first.events, rest.events, rest.next]).toEqual([1001, 4, null]);
      const replayed = [...first.replays, ...rest.replays].map(({ of }) => of);
      expect(replayed).toEqual(replayed.toSorted());
      expect(new Set(replayed).size).toBe(1005);
      const again = await jsonOf<Replayed>(echo.post('/events/replay', { ids: replayed.slice(0, 2), dryRun: false }));
      expect(again.replays.map(({ of }) => of)).toEqual(replayed.slice(0, 2));
    },
  );

  it('dead effects by the many are counted first, and handled page by page', { timeout: 120_000 }, async () => {
    await start();
    echo.spinnaker.orca.answering(() => json({ message: 'no' }, 400));
    const all = Array.from({ length: 1005 }, (_, i) => i);
    for (let from = 0; from < all.length; from += 50) {
      await Promise.all(all.slice(from, from + 50).map((n) => echo.post('/webhooks/webhook/hook', { n })));
    }
    await echo.idle();
    echo.spinnaker.orca.answeringAsUsual();

    const dead = { kind: 'start' };
    expect(await jsonOf(echo.post('/effects/redrive', dead))).toEqual({ effects: 1005, redriven: 0, next: null });
    const redriven = await jsonOf(echo.post('/effects/redrive', { ...dead, dryRun: false }, ANN));
    expect(redriven).toEqual({ effects: 1005, redriven: 1005, next: null });
    await until(
      async () => (await jsonOf<Effects>(echo.get('/effects?state=done&limit=1000'))).effects.length === 1000,
    );
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
    expect((await echo.post(`/effects/${one}/redrive`, '', ANN)).status).toBe(200);
    await until(async () => (await jsonOf<{ state: string }>(echo.get(`/effects/${one}`))).state === 'done');
    expect(await jsonOf(echo.get(`/effects/${one}`))).toMatchObject({ handled: { did: 'redriven', by: 'ann' } });
    expect(await (await echo.get('/console/effects')).text()).toContain('redriven by ann at ');
    expect((await echo.post(`/effects/${one}/redrive`, '')).status).toBe(409);
    expect((await echo.post('/effects/unknown/redrive', '')).status).toBe(404);

    expect((await echo.post('/effects/discard', { kind: 'start' })).status).toBe(400);
    const discarded = await jsonOf(echo.post('/effects/discard', { ids: [two], reason: 'too late' }, ANN));
    expect(discarded).toEqual({ effects: 1, discarded: 1, next: null });
    expect(await jsonOf(echo.get(`/effects/${two}`))).toMatchObject({
      discarded: 'too late',
      handled: { did: 'discarded', by: 'ann' },
    });
    expect(await jsonOf(echo.post('/effects/redrive', { kind: 'start' }))).toMatchObject({ effects: 0 });
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
