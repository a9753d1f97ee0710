import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { OrcaClient } from '../../clients/index.js';
import { type JsonObject, type JsonValue, parseJson } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { Hydration } from './hydration.js';

const MAX_AGE = 600_000;
const template = (id: string, more: Record<string, JsonValue> = {}): JsonObject => ({
  id,
  type: 'templatedPipeline',
  schema: 'v2',
  ...more,
});

/** An orca that plans by adding its own version of the template, or cannot. */
class PlanningOrca {
  readonly asked: JsonObject[] = [];
  readonly callers: (string | undefined)[] = [];
  version = 1;
  broken = false;

  planTemplate(body: string, { headers }: Identity): Promise<JsonObject> {
    const raw = parseJson(body) as JsonObject;
    this.callers.push(headers['x-spinnaker-user']);
    this.asked.push(raw);
    if (this.broken) return Promise.reject(new Error('no such template'));
    return Promise.resolve({ id: raw['id'] ?? '', planned: this.version });
  }
}

let orca: PlanningOrca;
let clock: ManualClock;
let log: RecordedLog;
let hydration: Hydration;

const hydrationOver = (client: object, settings: Record<string, unknown> = {}): Hydration =>
  new Hydration(client as OrcaClient, clock, new TestSettings({ 'pipelineCache.planMaxAgeMs': MAX_AGE, ...settings }));

beforeEach(() => {
  log = RecordedLog.start();
  orca = new PlanningOrca();
  clock = new ManualClock();
  hydration = hydrationOver(orca);
});

describe('a pipeline that is made from a v2 template', () => {
  it('becomes what orca plans, asked without null members', async () => {
    const planned = await hydration.hydrate(template('p', { variables: { a: null, b: 1 } }));

    expect(planned).toEqual({ id: 'p', planned: 1 });
    expect(orca.asked).toEqual([template('p', { variables: { b: 1 } })]);
  });

  it('is planned anew on behalf of whoever wants its latest state', async () => {
    await hydration.hydrate(template('p'));
    orca.version = 2;
    const joe = { headers: { 'x-spinnaker-user': 'joe' } };

    expect(await hydration.hydrate(template('p'), joe)).toEqual({ id: 'p', planned: 2 });
    expect(await hydration.hydrate(template('p'))).toEqual({ id: 'p', planned: 2 });
    expect(orca.callers).toEqual([undefined, 'joe']);
  });

  it('is planned once as long as it does not change', async () => {
    await hydration.hydrate(template('p'));
    await clock.advance(MAX_AGE - 1);
    orca.version = 2;

    expect(await hydration.hydrate(template('p'))).toEqual({ id: 'p', planned: 1 });
    expect(orca.asked).toHaveLength(1);
  });

  it('is planned again when it changes', async () => {
    await hydration.hydrate(template('p'));
    orca.version = 2;

    expect(await hydration.hydrate(template('p', { variables: { a: 1 } }))).toEqual({ id: 'p', planned: 2 });
  });

  it('is planned again after some time, since its template may have changed', async () => {
    await hydration.hydrate(template('p'));
    await clock.advance(MAX_AGE);
    orca.version = 2;

    expect(await hydration.hydrate(template('p'))).toEqual({ id: 'p', planned: 2 });
  });

  it('keeps its last good plan while orca cannot plan it, and is planned as soon as orca can', async () => {
    await hydration.hydrate(template('p'));
    orca.broken = true;

    expect(await hydration.hydrate(template('p', { variables: {} }))).toEqual({ id: 'p', planned: 1 });
    expect(log.at('warn')).toEqual(['Could not plan template pipeline p, its last good plan stays: no such template']);

    orca.broken = false;
    orca.version = 2;
    expect(await hydration.hydrate(template('p', { variables: {} }))).toEqual({ id: 'p', planned: 2 });
  });

  it('fails where there has never been a plan', async () => {
    orca.broken = true;

    await expect(hydration.hydrate(template('p'))).rejects.toThrow('no such template');
  });

  it('is forgotten with its plan when it is gone', async () => {
    await hydration.hydrate(template('gone'));
    await hydration.hydrate(template('stays'));
    hydration.keepOnly(new Set(['stays']));

    await hydration.hydrate(template('gone'));
    await hydration.hydrate(template('stays'));

    expect(orca.asked.map(({ id }) => id)).toEqual(['gone', 'stays', 'gone']);
  });

  it('waits while as many as allowed are being planned', async () => {
    const finish: (() => void)[] = [];
    const slow = { planTemplate: () => new Promise((resolve) => finish.push(() => resolve({ done: true }))) };
    const limited = hydrationOver(slow, { 'pipelineCache.parallelism': 2 });

    const all = ['a', 'b', 'c'].map((id) => limited.hydrate(template(id)));
    await clock.advance(0);
    expect(finish).toHaveLength(2);

    finish[0]?.();
    await clock.advance(0);
    expect(finish).toHaveLength(3);

    for (const end of finish) end();
    expect(await Promise.all(all)).toHaveLength(3);
  });
});

describe('any other pipeline', () => {
  it.each<JsonObject>([
    { id: 'p' },
    { id: 'p', type: null },
    { id: 'p', type: 'templatedPipeline' },
    { id: 'p', type: 'templatedPipeline', schema: null },
    { id: 'p', type: 'templatedPipeline', schema: '1' },
    { id: 'p', type: 'templatedPipeline', schema: 'V2' },
    { id: 'p', type: 'TemplatedPipeline', schema: 'v2' },
  ])('stays as it is: %j', async (raw) => {
    expect(await hydration.hydrate(raw)).toBe(raw);
    expect(orca.asked).toEqual([]);
  });
});
