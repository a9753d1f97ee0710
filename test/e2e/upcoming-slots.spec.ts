import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../support/echo.js';
import { EditableEcho } from '../support/editable-echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';

const JITTER = 600_000;
const FREEZE = `
scheduler:
  cron: { timezone: UTC }
  calendars:
    - name: holidays
      applications: [shop]
      windows: [{ date: 2030-01-02 }, { from: 2030-12-24T00:00, to: 2030-12-27T00:00 }]
    - { name: audit, labels: ['tier:gold'], windows: [{ date: 2030-12-31 }] }`;

const cron = (more: object = {}) => ({ type: 'cron', enabled: true, cronExpression: '0 0 12 * * ? 2030', ...more });
const pipeline = (id: string, application: string, trigger: object, more: object = {}) => ({
  application,
  name: id,
  id,
  triggers: [cron(trigger)],
  ...more,
});

interface Shown {
  readonly slot: string;
  readonly startsAt: string;
  readonly heldBy: string | null;
  readonly id: string;
  readonly pipeline: string | null;
  readonly pipelineId: string;
}

describe('the slots to come', () => {
  let spinnaker: FakeSpinnaker;
  let instance: EditableEcho;
  beforeEach(async () => {
    const gold = { tags: [{ name: 'tier', value: 'gold' }] };
    spinnaker = await startFakeSpinnaker([
      pipeline('basket', 'shop', {}),
      pipeline('report', 'books', { jitterMs: JITTER }, gold),
    ]);
    instance = new EditableEcho(FREEZE);
    await instance.start({ spinnaker, env: { NEST_PROFILE: 'echo-scheduler' } });
    await until(async () => (await shown('2030-01-01')).length === 2);
  });
  afterEach(async () => {
    await instance.stop();
    await spinnaker.close();
  });

  const shown = async (day: string): Promise<Shown[]> => {
    const span = `from=${day}T00:00:00Z&to=${day}T23:59:59Z`;
    return (await (await instance.echo.get(`/triggers/cron/upcoming?${span}`)).json()) as Shown[];
  };
  const shownText = async (page: string): Promise<string> =>
    (await (await instance.echo.get(page)).text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  const heldOn = async (day: string) =>
    Object.fromEntries((await shown(day)).map(({ pipelineId, heldBy }) => [pipelineId, heldBy]));

  it('say which freeze holds them, and until when', async () => {
    expect(await heldOn('2030-12-23')).toEqual({ basket: null, report: null });
    const holidays = 'held by freeze holidays until 2030-12-27T00:00:00.000Z';
    expect(await heldOn('2030-12-24')).toEqual({ basket: holidays, report: null });
    const audit = 'held by freeze audit until 2031-01-01T00:00:00.000Z';
    expect(await heldOn('2030-12-31')).toEqual({ basket: null, report: audit });
  });

  it('say when they go out, which a jitter delays by the same time each day', async () => {
    const delays = async (day: string): Promise<(readonly [string, number])[]> =>
      (await shown(day)).map(({ pipelineId, slot, startsAt }) => [pipelineId, Date.parse(startsAt) - Date.parse(slot)]);
    const { basket, report } = Object.fromEntries(await delays('2030-01-01'));

    expect(basket).toBe(0);
    expect(report).toBeGreaterThan(0);
    expect(report).toBeLessThan(JITTER);
    expect(Object.fromEntries(await delays('2030-01-02'))).toEqual({ basket, report });
  });

  it('say which pause holds them', async () => {
    const body = JSON.stringify({ note: 'moving' });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${instance.echo.url}/applications/shop/cron/pause`, { method: 'PUT', headers, body });

    const { basket, report } = await heldOn('2030-12-24');

    expect([basket, report]).toEqual(['application paused by loopback: moving', null]);
  });

  it('are the same in the console, those of triggers that were made by hand too', async () => {
    const action = { id: 'by-hand', application: 'shop', pipelineId: 'basket', cronExpression: '0 0 9 1 1 ? 2030' };
    expect((await instance.echo.post('/scheduledActions', action)).status).toBe(201);

    const [first, ...others] = await shown('2030-01-01');
    const report = others.find(({ pipelineId }) => pipelineId === 'report');

    expect(first).toMatchObject({ id: 'user:by-hand', slot: '2030-01-01T09:00:00.000Z', pipeline: 'basket' });
    const text = await shownText('/console');
    expect(text).toContain('2030-01-01T09:00:00Z Tue 2030-01-01 09:00:00 UTC shop: basket 0 0 9 1 1 ? 2030');
    expect(text).toContain(`books: report 0 0 12 * * ? 2030 delayed to ${report?.startsAt.slice(0, 19)}Z`);
    expect(text).toContain('held by freeze holidays until 2030-01-03T00:00:00.000Z');
    expect(await shownText('/console/triggers/user%3Aby-hand')).toMatch(/shop: basket .* Tue 2030-01-01 09:00:00 UTC/);
    expect(await shownText('/console/triggers?id=shop')).toContain('0 0 9 1 1 ? 2030');
  });

  it('say that another Echo fires them, whatever else would hold them', async () => {
    const change = (name: string, instant: string) =>
      fetch(`${instance.echo.url}/admin/config/scheduler.triggers.${name}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ value: instant, why: 'we move' }),
      });
    expect((await change('until', 'Christmas')).status).toBe(400);

    await change('until', '2030-12-24T00:00:00Z');

    expect(await heldOn('2030-12-23')).toEqual({ basket: null, report: null });
    const another = 'another Echo fires this slot: scheduler.triggers.until is 2030-12-24T00:00:00Z';
    expect(await heldOn('2030-12-24')).toEqual({ basket: another, report: another });
  });
});
