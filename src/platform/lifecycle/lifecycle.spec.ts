import { SchedulerRegistry } from '@nestjs/schedule';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Drain, JobRunner, Shutdown } from './index.js';

describe('a drain', () => {
  it('closes at once when nothing is under way', async () => {
    expect(await new Drain().close(1000, new ManualClock())).toBe(0);
  });

  it('waits for the last piece of work', async () => {
    const drain = new Drain();
    const [first, second] = [drain.enter(), drain.enter()];
    let left: number | undefined;
    const closing = drain.close(1000, new ManualClock()).then((count) => (left = count));
    first();
    await Promise.resolve();
    expect(left).toBeUndefined();
    second();
    await closing;
    expect(left).toBe(0);
  });

  it('gives up after the limit and says how much is left', async () => {
    const clock = new ManualClock();
    const drain = new Drain();
    drain.enter();
    const closing = drain.close(1000, clock);
    await clock.advance(1000);
    expect(await closing).toBe(1);
  });
});

describe('the shutdown', () => {
  it('runs its phases in order, whatever fails', async () => {
    const shutdown = new Shutdown(new ManualClock(), new TestSettings());
    const order: string[] = [];
    shutdown.register('outbox', async () => void order.push('outbox'));
    shutdown.register('sources', async () => {
      order.push('sources');
      throw new Error('stuck');
    });
    shutdown.register('inbox', async () => void order.push('inbox'));
    await shutdown.beforeApplicationShutdown();
    expect(order).toEqual(['sources', 'inbox', 'outbox']);
  });

  it('leaves the later phases their time when one hangs', async () => {
    const clock = new ManualClock();
    const shutdown = new Shutdown(clock, new TestSettings({ 'shutdown.timeoutMs': 1000 }));
    const limits: number[] = [];
    const hangs = async (limitMs: number): Promise<void> => {
      limits.push(limitMs);
      await new Promise(() => undefined);
    };
    for (const phase of ['sources', 'inbox', 'outbox', 'traces'] as const) shutdown.register(phase, hangs);
    const began = clock.now();
    const stopping = shutdown.beforeApplicationShutdown();
    await clock.advance(1000);
    await stopping;

    expect(limits[0]).toBe(250);
    expect(limits.every((limit) => limit > 0)).toBe(true);
    expect(clock.now() - began).toBeLessThanOrEqual(1000);
  });
});

describe('the job runner', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const runner = () => {
    const clock = new ManualClock();
    const shutdown = new Shutdown(clock, new TestSettings());
    const jobs = new JobRunner(new SchedulerRegistry(), clock, shutdown);
    jobs.onModuleInit();
    return { jobs, shutdown, clock };
  };
  const job = (run: () => Promise<void>) => ({ name: 'j', description: 'd', intervalMs: () => 100, run });

  it('pauses from the end of one run to the start of the next', async () => {
    const { jobs } = runner();
    const run = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 50)));
    jobs.start(job(run));
    await vi.advanceTimersByTimeAsync(149);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('goes on after a failed run and shows the error until a good one', async () => {
    const { jobs } = runner();
    const run = vi.fn().mockRejectedValueOnce(new Error('front50 is down')).mockResolvedValue(undefined);
    jobs.start(job(run));
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.list()).toMatchObject([{ name: 'j', runs: 1, lastError: 'front50 is down', running: false }]);
    await vi.advanceTimersByTimeAsync(100);
    expect(jobs.list()).toMatchObject([{ runs: 2, lastError: null }]);
  });

  it('says when the next run is due, which is not known during a run', async () => {
    const { jobs, clock } = runner();
    jobs.start(job(() => new Promise<void>((resolve) => setTimeout(resolve, 50))));
    await vi.advanceTimersByTimeAsync(1);
    expect(jobs.list()).toMatchObject([{ running: true, nextRun: null }]);
    await vi.advanceTimersByTimeAsync(50);
    expect(jobs.list()).toMatchObject([{ running: false, nextRun: new Date(clock.now() + 100).toISOString() }]);
  });

  it('joins the run under way instead of overlapping it', async () => {
    const { jobs } = runner();
    const run = vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 50)));
    jobs.start(job(run));
    await vi.advanceTimersByTimeAsync(1);
    const joined = jobs.runNow('j');
    await vi.advanceTimersByTimeAsync(50);
    await joined;
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('stops with the sources and waits for the run under way', async () => {
    const { jobs, shutdown } = runner();
    let ended = false;
    jobs.start(job(() => new Promise((resolve) => setTimeout(() => resolve(void (ended = true)), 50))));
    await vi.advanceTimersByTimeAsync(1);
    const down = shutdown.beforeApplicationShutdown();
    await vi.advanceTimersByTimeAsync(50);
    await down;
    expect(ended).toBe(true);
    await vi.advanceTimersByTimeAsync(1000);
    expect(jobs.list()).toMatchObject([{ runs: 1 }]);
  });

  it('leaves a run behind that does not end, so that the rest of the shutdown has its time', async () => {
    const { jobs, shutdown, clock } = runner();
    let signal: AbortSignal | undefined;
    jobs.start({
      ...job(() => Promise.resolve()),
      run: (given) => {
        signal = given;
        return new Promise(() => undefined);
      },
    });
    await vi.advanceTimersByTimeAsync(1);
    let down = false;
    const going = shutdown.beforeApplicationShutdown().then(() => (down = true));
    expect(signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(down).toBe(false);
    vi.useRealTimers();
    await clock.advance(7500);
    await going;
    expect(down).toBe(true);
  });
});
