import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, totalOf } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { OrcaClient } from '../../clients/index.js';
import { Bus } from '../../events/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import type { JobRunner } from '../../platform/lifecycle/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { type PipelinesRefreshed, pipelinesRefreshed } from '../pipelines.facts.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { Hydration } from './hydration.js';
import { LOAD_PIPELINES, PipelineCache } from './pipeline-cache.js';
import { PipelineReader } from './pipeline-reader.js';
import { PipelineSource } from './pipeline-source.js';
import { PipelineNotes } from './pipeline-notes.js';

const stored = (id: string, more: Record<string, JsonValue> = {}): JsonObject => ({
  application: 'app',
  name: `pipeline ${id}`,
  id,
  ...more,
});
const many = (count: number): JsonObject[] => Array.from({ length: count }, (_, i) => stored(String(i)));

/** A source that a test fills and breaks. */
class ListSource extends PipelineSource {
  readonly title = 'the list';
  list: readonly JsonValue[] = [];
  broken = false;

  partial(): boolean {
    return true;
  }

  intervalMs(): number {
    return 30_000;
  }

  load(): Promise<readonly JsonValue[]> {
    return this.answer(this.list);
  }

  byId(id: string): Promise<JsonValue | undefined> {
    return this.answer(this.first((pipeline) => pipeline['id'] === id));
  }

  byName(application: string, name: string): Promise<JsonValue | undefined> {
    return this.answer(this.first((it) => it['application'] === application && it['name'] === name));
  }

  private first(wanted: (pipeline: JsonObject) => boolean): JsonValue | undefined {
    return this.list.find((pipeline) => wanted(pipeline as JsonObject));
  }

  private answer<T>(value: T): Promise<T> {
    return this.broken ? Promise.reject(new Error('front50 is down')) : Promise.resolve(value);
  }
}

let source: ListSource;
let clock: ManualClock;
let log: RecordedLog;
let facts: PipelinesRefreshed[];
let cache: PipelineCache;
let load: () => Promise<void>;
const errors = counterOf(pipelinesMetrics.front50Errors);

beforeEach(() => {
  log = RecordedLog.start();
  errors.reset();
  source = new ListSource();
  clock = new ManualClock();
  const settings = new TestSettings();
  const bus = new Bus(new EventEmitter2());
  facts = [];
  bus.subscribe(pipelinesRefreshed, 'test', (refreshed) => void facts.push(refreshed));
  const reader = new PipelineReader(new Hydration({} as OrcaClient, clock, settings), new PipelineNotes());
  const jobs = {
    start: ({ name, run }: { name: string; run: () => Promise<void> }) => {
      if (name === LOAD_PIPELINES) load = run;
    },
  } as unknown as JobRunner;
  cache = new PipelineCache(source, reader, jobs, bus, clock, settings, errors);
  cache.onApplicationBootstrap();
});

const ids = (): (string | undefined)[] | undefined => cache.snapshot()?.pipelines.map(({ id }) => id);

describe('the pipeline cache', () => {
  it('has nothing before the first good load, then what was loaded (core.md §10, test 1)', async () => {
    expect(cache.snapshot()).toBeUndefined();

    await load();
    expect(ids()).toEqual([]);

    source.list = [stored('P1')];
    await load();
    expect(ids()).toEqual(['P1']);
    expect(cache.snapshot()?.loadedAt).toBe(clock.now());
  });

  it('keeps what it had when a load fails, and counts that', async () => {
    source.list = [stored('P1')];
    await load();
    const before = cache.snapshot();
    source.broken = true;

    await expect(load()).rejects.toThrow('front50 is down');

    expect(cache.snapshot()).toBe(before);
    expect(await totalOf(errors)).toBe(1);
    expect(facts).toHaveLength(1);
  });

  it('lets those who wait for pipelines go on with the first good load', async () => {
    let released = false;
    void cache.ready().then(() => (released = true));
    source.broken = true;
    await load().catch(() => undefined);
    expect(released).toBe(false);

    source.broken = false;
    await load();

    expect(await cache.ready()).toBe(cache.snapshot());
  });

  it('tells of each load with what was known before', async () => {
    source.list = [stored('P1')];
    await load();
    source.list = [stored('P2')];
    await load();

    expect(facts.map(({ before }) => before?.pipelines.length)).toEqual([undefined, 1]);
    expect(facts[1]?.snapshot).toBe(cache.snapshot());
  });

  it('never changes a snapshot that somebody holds', async () => {
    source.list = [stored('P1')];
    await load();
    const held = cache.snapshot();
    source.list = [stored('P2'), { garbage: true }];
    await load();

    expect(held?.pipelines.map(({ id }) => id)).toEqual(['P1']);
    expect(held?.skipped).toEqual([]);
  });

  it('names the pipelines that it had to leave out', async () => {
    source.list = [stored('P1'), stored('P2', { stages: 'none' })];

    await load();

    expect(ids()).toEqual(['P1']);
    expect(cache.snapshot()?.skipped).toMatchObject([{ id: 'P2', reason: "stages: expected a list, got 'none'" }]);
  });
});

describe('a load that lacks most pipelines', () => {
  it('keeps them until the next load agrees', async () => {
    source.list = many(40);
    await load();
    source.list = many(3);

    await load();
    expect(ids()).toHaveLength(40);
    expect(log.at('warn')).toEqual([
      'the list no longer has 37 of 40 pipelines: they stay until the next load agrees.',
    ]);

    await load();
    expect(ids()).toEqual(['0', '1', '2']);
  });

  it('loses nothing when it was a slip', async () => {
    source.list = many(40);
    await load();
    source.list = [];
    await load();
    source.list = many(40);
    await load();

    expect(ids()).toEqual(many(40).map(({ id }) => id));
  });

  it('takes the changes of those that are there', async () => {
    source.list = many(40);
    await load();
    source.list = [stored('0', { disabled: true })];

    await load();

    expect(cache.snapshot()?.pipelines.find(({ id }) => id === '0')?.disabled).toBe(true);
    expect(ids()).toHaveLength(40);
  });
});

describe('refreshing a pipeline', () => {
  const known = readPipeline(stored('P1', { name: 'as cached' }));

  it('gives its latest state', async () => {
    source.list = [stored('P1', { name: 'fresh' })];

    expect((await cache.refresh(known, NOBODY)).name).toBe('fresh');
  });

  it.each([
    ['is gone', () => (source.list = [])],
    ['cannot be read any more', () => (source.list = [stored('P1', { stages: 'none' })])],
    ['cannot be had', () => (source.broken = true)],
  ])('gives what is known when it %s', async (_why, breakIt) => {
    breakIt();

    expect(await cache.refresh(known, NOBODY)).toBe(known);
  });

  it('asks nobody about a pipeline without an id', async () => {
    source.broken = true;
    const { id: _id, ...nameless } = known;

    expect(await cache.refresh(nameless, NOBODY)).toBe(nameless);
    expect(log.lines).toEqual([]);
  });
});

describe('finding a pipeline at its source', () => {
  beforeEach(() => {
    source.list = [stored('P1'), stored('pipeline P1', { name: 'other' })];
  });

  it('looks for the name first, then for the id (core.md §10, tests 4, 5)', async () => {
    expect((await cache.find('app', 'pipeline P1', NOBODY))?.id).toBe('P1');
    expect((await cache.find('app', 'P1', NOBODY))?.id).toBe('P1');
  });

  it.each([
    ['nothing has it', () => undefined],
    ['the source cannot be asked', () => (source.broken = true)],
  ])('finds nothing when %s', async (_why, breakIt) => {
    breakIt();

    expect(await cache.find('app', 'unknown', NOBODY)).toBeUndefined();
  });

  it('does not put what it found into the cache', async () => {
    await cache.find('app', 'P1', NOBODY);

    expect(cache.snapshot()).toBeUndefined();
  });
});
