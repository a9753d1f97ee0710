import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Effect, Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { json } from '../support/http-peer.js';

interface Shown {
  readonly id: string;
  readonly application: string;
  readonly state: string;
}

interface Details extends Shown {
  readonly next: string[];
  readonly last: { slot: string; outcome: string; reason: string | null; skewMs: number | null }[];
}

const cron = (cronExpression: string, more: object = {}) => ({ type: 'cron', enabled: true, cronExpression, ...more });
const pipeline = (id: string, application: string, ...triggers: object[]) => ({ application, name: id, id, triggers });

let echo: RunningEcho;
let everySecond: Shown;
let yearly: Shown;

beforeEach(async () => {
  echo = await startEcho({
    pipelines: [
      pipeline('often', 'busy', cron('* * * * * ?')),
      pipeline('yearly', 'calm', cron('0 0 0 1 1 ?', { timeZone: 'UTC' })),
    ],
    env: { NEST_PROFILE: 'echo-scheduler' },
  });
  await until(async () => (await list()).length === 2);
  [everySecond, yearly] = [await only('?application=busy'), await only('?pipeline=yearly')];
});
afterEach(() => echo.close());

const ask = async <T>(path: string): Promise<T> => (await (await echo.get(path)).json()) as T;
const list = (query = ''): Promise<Shown[]> => ask(`/triggers/cron${query}`);
const only = async (query: string): Promise<Shown> => (await list(query))[0] as Shown;
const details = (id: string): Promise<Details> => ask(`/triggers/cron/${id}`);
const send = (method: string, path: string, body?: object) =>
  fetch(echo.url + path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
/** Resolves with the first slot that ended like this. */
async function ended(outcome: string, id = everySecond.id) {
  let found: Details['last'][number] | undefined;
  await until(async () => {
    found = (await details(id)).last.find((slot) => slot.outcome === outcome);
    return found !== undefined;
  });
  return found;
}

describe('the cron triggers', () => {
  it('are listed, by application, pipeline and state', async () => {
    expect(yearly).toMatchObject({
      application: 'calm',
      pipelineId: 'yearly',
      cronExpression: '0 0 0 1 1 ?',
      timezone: 'UTC',
      state: 'active',
      pause: null,
      nextSlot: expect.stringMatching(/-01-01T00:00:00.000Z$/) as string,
    });
    expect(await list('?state=paused')).toEqual([]);
    expect((await echo.get('/triggers/cron?state=asleep')).status).toBe(400);
  });

  it('show their next slots, and what became of the last with how late orca had it', async () => {
    const slot = await ended('started');
    expect(slot).toMatchObject({ reason: null, skewMs: expect.any(Number) as number });
    expect(slot?.skewMs).toBeGreaterThanOrEqual(0);

    const { next } = await details(yearly.id);
    expect(next).toHaveLength(10);
    expect((await echo.get('/triggers/cron/unknown')).status).toBe(404);
  });

  it('show how a start ended that orca refused', async () => {
    echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? json({}, 400) : undefined));

    expect(await ended('failed')).toMatchObject({ reason: expect.stringContaining('400') as string });
  });

  it('show the slots to come of a span', async () => {
    const query = 'from=2027-12-31T00:00:00Z&to=2029-01-02T00:00:00Z&application=calm';
    expect(await ask(`/triggers/cron/upcoming?${query}`)).toMatchObject([
      { slot: '2028-01-01T00:00:00.000Z', application: 'calm' },
      { slot: '2029-01-01T00:00:00.000Z', id: yearly.id, pipelineId: 'yearly' },
    ]);
  });
});

describe('a pause', () => {
  it('of a trigger lets its slots pass, recorded with the note', async () => {
    const paused = await send('PUT', `/triggers/cron/${everySecond.id}/pause`, { note: 'until the fix' });
    expect(paused.status).toBe(200);
    expect(await only('?state=paused')).toMatchObject({ id: everySecond.id, pause: { note: 'until the fix' } });

    expect(await ended('suppressed')).toMatchObject({ reason: 'trigger paused by loopback: until the fix' });

    expect((await send('DELETE', `/triggers/cron/${everySecond.id}/pause`)).status).toBe(204);
    expect((await send('DELETE', `/triggers/cron/${everySecond.id}/pause`)).status).toBe(404);
    expect(await list('?state=paused')).toEqual([]);
  });

  it('of an application holds all of its triggers', async () => {
    await send('PUT', '/applications/busy/cron/pause');
    expect(await ended('suppressed')).toMatchObject({ reason: 'application paused by loopback' });
    expect(await list('?state=paused')).toMatchObject([{ application: 'busy' }]);
    expect((await send('DELETE', '/applications/busy/cron/pause')).status).toBe(204);
  });
});

describe('a backfill', () => {
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };

  it('shows what it would start, and starts it once when told to', async () => {
    const path = `/triggers/cron/${yearly.id}/backfill`;
    const dry = await send('POST', path, range);
    expect(await dry.json()).toEqual([{ slot: '2026-01-01T00:00:00.000Z', action: 'start', reason: null }]);
    const started = () => echo.spinnaker.orca.posted('/orchestrate').filter(({ name }) => name === 'yearly');
    expect(started()).toEqual([]);

    await send('POST', path, { ...range, dryRun: false });
    await until(() => started().length === 1);
    await ended('started', yearly.id);

    const again = await send('POST', path, { ...range, dryRun: false });
    expect(await again.json()).toMatchObject([{ action: 'has-run' }]);
    expect(started()).toHaveLength(1);
  });

  it('of a slot whose start failed puts that one aside, so that nobody redrives it beside the new one', async () => {
    const path = `/triggers/cron/${yearly.id}/backfill`;
    echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? json({}, 400) : undefined));
    await send('POST', path, { ...range, dryRun: false });
    await ended('failed', yearly.id);
    const outbox = echo.app.get(Outbox);
    const ofYearly = ({ cause }: Effect): boolean => cause.slot === Date.parse(range.from);
    const failed = (await outbox.list({ state: 'dead' }, 100)).find(ofYearly);
    echo.spinnaker.orca.answeringAsUsual();

    await send('POST', path, { ...range, dryRun: false });
    await ended('started', yearly.id);

    expect(await outbox.redrive([failed?.id ?? ''], 'ann')).toBe(0);
    expect(await outbox.find(failed?.id ?? '')).toMatchObject({ discarded: 'started again by backfill' });
  });

  it('of a slot that another Echo fires is the start that ours would have been', async () => {
    const from = { value: '2100-01-01T00:00:00Z', why: 'we look on' };
    await send('PUT', '/admin/config/scheduler.triggers.from', from);
    const { slot = '' } = (await ended('suppressed')) ?? {};
    await until(() => Date.now() >= Date.parse(slot));
    const path = `/triggers/cron/${everySecond.id}/backfill`;
    const range = { from: slot, to: slot, dryRun: false };

    expect(await (await send('POST', path, range)).json()).toMatchObject([
      { action: 'start', reason: `another Echo fires this slot: scheduler.triggers.from is ${from.value}` },
    ]);
    expect(await (await send('POST', path, range)).json()).toMatchObject([{ action: 'has-run' }]);
  });

  it('is refused where the range is too long or says nothing', async () => {
    const path = `/triggers/cron/${everySecond.id}/backfill`;
    expect((await send('POST', path, { ...range, to: '2026-01-02T00:00:00Z' })).status).toBe(400);
    expect((await send('POST', path, {})).status).toBe(400);
  });
});
