import { EventEmitter2 } from '@nestjs/event-emitter';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, gaugeOf, shownBy, totalOf } from '../../../test/support/metrics.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Bus } from '../../events/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { pipelinesRefreshed } from '../pipelines.facts.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { CacheHealth } from './cache-health.js';
import { CacheMetrics } from './cache-metrics.js';
import type { PipelineCache } from './pipeline-cache.js';
import type { PipelineSource } from './pipeline-source.js';
import type { SkippedPipeline, Snapshot } from './snapshot.js';

const NOW = Date.UTC(2024, 0, 15, 12);
const skipped = (id: string): SkippedPipeline => ({ application: 'app', name: id, id, reason: 'garbage' });

const loaded = (more: Partial<Snapshot> = {}): Snapshot => ({
  pipelines: [readPipeline({ application: 'app', name: 'p' })],
  skipped: [],
  loadedAt: NOW,
  ...more,
});

const cacheWith = (snapshot: Snapshot | undefined): PipelineCache =>
  ({ snapshot: () => snapshot }) as unknown as PipelineCache;

function healthWith(snapshot: Snapshot | undefined, clock = new ManualClock(NOW)): CacheHealth {
  const source = { title: 'front50 at http://front50' } as PipelineSource;
  return new CacheHealth(
    cacheWith(snapshot),
    source,
    clock,
    new TestSettings({ 'pipelineCache.staleAfterMs': 60_000 }),
  );
}

describe('the health of the pipelines', () => {
  it('is DOWN before the first good load (core.md §10, tests 12, 14)', () => {
    expect(healthWith(undefined).health()).toEqual({
      status: 'DOWN',
      details: { from: 'front50 at http://front50', reason: 'no pipelines have been loaded yet' },
    });
  });

  it('is UP after it', () => {
    expect(healthWith(loaded()).health()).toEqual({
      status: 'UP',
      details: {
        from: 'front50 at http://front50',
        pipelines: 1,
        loadedAt: '2024-01-15T12:00:00.000Z',
        stale: false,
        skipped: [],
      },
    });
  });

  it.each([
    [30_000, false],
    [60_000, false],
    [60_001, true],
  ])('stays UP %i ms after the last good load, and says whether it is stale: %s (tests 13, 15, 16)', (age, stale) => {
    const { status, details } = healthWith(loaded(), new ManualClock(NOW + age)).health();

    expect(status).toBe('UP');
    expect(details).toMatchObject({ stale });
  });

  it('names the first of the pipelines that were left out', () => {
    const many = Array.from({ length: 30 }, (_, i) => skipped(String(i)));

    const { details } = healthWith(loaded({ skipped: many })).health();

    expect(details).toMatchObject({ skipped: many.slice(0, 20) });
  });
});

describe('the metrics of the pipelines', () => {
  it('show loads, sizes and the age of the last good load', async () => {
    const known: { snapshot?: Snapshot } = {};
    const clock = new ManualClock(NOW);
    const bus = new Bus(new EventEmitter2());
    const loads = counterOf(pipelinesMetrics.front50Requests);
    const lastPoll = gaugeOf(pipelinesMetrics.front50LastPoll);
    const sizes = [gaugeOf(pipelinesMetrics.pipelines), gaugeOf(pipelinesMetrics.skippedPipelines)] as const;
    const cache = { snapshot: () => known.snapshot } as unknown as PipelineCache;
    new CacheMetrics(bus, cache, clock, loads, lastPoll, ...sizes).onModuleInit();
    expect(await shownBy(lastPoll)).toEqual([{ value: -1 }]);

    const snapshot = loaded({ skipped: [skipped('a'), skipped('b')] });
    known.snapshot = snapshot;
    await bus.publishAndWait(pipelinesRefreshed, { snapshot, before: undefined });
    await clock.advance(1999);

    expect(await Promise.all([loads, lastPoll, ...sizes].map(totalOf))).toEqual([1, 1, 1, 2]);
  });
});
