import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, shownBy, totalOf } from '../../../test/support/metrics.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { FiatClient } from '../../clients/index.js';
import type { Bus } from '../../events/index.js';
import { type Effect, type NewEffect, Outbox, type Submission } from '../../outbox/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { QuietPeriod } from '../quiet-period/quiet-period.js';
import { RunAs } from './run-as.js';
import { StartReport } from './start-report.js';
import { StartIds } from './start-ids.js';
import { startIds, startKey } from './start-identity.js';
import type { StartRequest } from './start-request.js';
import { Starter } from './starter.js';
import { Suppression } from './suppression.js';

/** Writes down what it is given, each key once. */
class NotedOutbox extends Outbox {
  readonly effects: NewEffect[] = [];

  submit<P>(effects: readonly NewEffect<P>[]): Promise<Submission[]> {
    return Promise.resolve(
      effects.map((effect) => {
        const known = this.effects.some(({ kind, key }) => kind === effect.kind && key === effect.key);
        if (!known) this.effects.push(effect);
        return { kind: known ? 'duplicate' : 'accepted', effect: effect as unknown as Effect };
      }),
    );
  }

  async perform<P>(effect: NewEffect<P>): Promise<Submission> {
    return (await this.submit([effect]))[0]!;
  }

  depth(): number {
    return 0;
  }

  isBusy(): boolean {
    return false;
  }

  known(): Promise<Effect[]> {
    return Promise.resolve([]);
  }

  find(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  list(): Promise<Effect[]> {
    return Promise.resolve([]);
  }

  idsOf(): Promise<string[]> {
    return Promise.resolve([]);
  }

  redrive(): Promise<number> {
    return Promise.resolve(0);
  }

  discard(): Promise<number> {
    return Promise.resolve(0);
  }
}

const NOW = Date.UTC(2024, 0, 15, 12);
const pipeline = readPipeline({ application: 'app', name: 'p', id: 'P', trigger: { type: 'webhook' } });
const request: StartRequest = {
  pipeline,
  source: 'EXTERNAL_EVENT',
  reason: 'I',
  at: NOW,
  identity: { headers: { 'x-spinnaker-request-id': 'R' } },
  actAsCaller: false,
  cause: { inboxId: 'I', eventId: 'E' },
};

let log: RecordedLog;
let outbox: NotedOutbox;
let settings: TestSettings;
let starter: Starter;
const requests = counterOf(pipelinesMetrics.orcaRequests);
const disabled = counterOf(pipelinesMetrics.triggerDisabled);

beforeEach(() => {
  log = RecordedLog.start();
  for (const metric of [requests, disabled]) metric.reset();
  outbox = new NotedOutbox();
  settings = new TestSettings();
  const quietPeriod = new QuietPeriod(settings, new ManualClock(NOW), counterOf(pipelinesMetrics.quietPeriodTests));
  const runAs = new RunAs({ enabled: false } as FiatClient);
  const rest = counterOf(pipelinesMetrics.triggerRetries);
  const report = new StartReport({} as Bus, rest, rest, rest, rest, requests, disabled);
  starter = new Starter(outbox, new Suppression(settings, quietPeriod), runAs, new StartIds(settings), report);
});

describe('a start', () => {
  it('is written into the outbox with its key, its cause and whom it runs as', async () => {
    const { executionId } = startIds(startKey(request), NOW, 0);
    expect(await starter.start(request)).toEqual({ kind: 'submitted', executionId });

    expect(outbox.effects).toEqual([
      {
        kind: 'start',
        key: startKey(request),
        payload: {
          pipeline,
          source: 'EXTERNAL_EVENT',
          at: NOW,
          posts: 0,
          spent: 0,
          unclear: false,
          planned: false,
        },
        identity: { headers: { 'x-spinnaker-request-id': 'R', 'x-spinnaker-user': 'anonymous' } },
        cause: { inboxId: 'I', eventId: 'E' },
      },
    ]);
    expect(await totalOf(requests)).toBe(1);
  });

  it('tells the execution id that its caller chose', async () => {
    const chosen = { ...request, pipeline: { ...pipeline, executionId: 'X' } };

    expect(await starter.start(chosen)).toEqual({ kind: 'submitted', executionId: 'X' });
  });

  it('tells none where orca is to choose it', async () => {
    settings.set('orca.idempotentStarts', false);

    expect(await starter.start(request)).toEqual({ kind: 'submitted' });
  });

  it('is not made twice, and counts once', async () => {
    await starter.start(request);

    expect(await starter.start(request)).toEqual({ kind: 'duplicate', executionId: expect.any(String) as string });
    expect(outbox.effects).toHaveLength(1);
    expect(await totalOf(requests)).toBe(1);
  });

  it('is recorded with the switch that held it back, and not handed over', async () => {
    settings.set('orca.enabled', false);

    expect(await starter.start(request)).toEqual({ kind: 'suppressed', by: 'orca.enabled is false' });

    expect(outbox.effects).toMatchObject([{ kind: 'start', suppressedBy: 'orca.enabled is false' }]);
    expect(log.at('log')).toEqual(['Start of app:p (P) suppressed: orca.enabled is false']);
    expect(await totalOf(requests)).toBe(0);
    expect(await shownBy(disabled)).toEqual([{ value: 1, triggerSource: 'EXTERNAL_EVENT', triggerType: 'webhook' }]);
  });

  it('is recorded with the quiet period that held it back, which is no switch', async () => {
    settings.set('quietPeriod.startIso', '2024-01-15T00:00:00Z');
    settings.set('quietPeriod.endIso', '2024-01-16T00:00:00Z');
    settings.set('quietPeriod.suppressedTriggerTypes', ['webhook']);

    const result = await starter.start({ ...request, pipeline: { ...pipeline, respectQuietPeriod: true } });

    expect(result).toEqual({ kind: 'suppressed', by: 'quiet period for triggers of type webhook' });
    expect(await shownBy(disabled)).toEqual([]);
  });

  it('counts without a trigger, too', async () => {
    settings.set('orca.enabled', false);
    const { trigger: _trigger, ...bare } = pipeline;

    await starter.start({ ...request, pipeline: bare });

    expect(await shownBy(disabled)).toMatchObject([{ triggerType: 'N/A' }]);
  });
});

describe('a start that cannot be made', () => {
  it('is reported as the caller, with the switches off, too (core.md §5.8)', async () => {
    settings.set('orca.enabled', false);
    const failed = { ...pipeline, errorMessage: 'no build' };

    await starter.reportFailure({ ...request, pipeline: failed });

    expect(outbox.effects).toEqual([
      {
        kind: 'failed-start',
        key: startKey(request),
        payload: { pipeline: failed },
        identity: request.identity,
        cause: request.cause,
      },
    ]);
    expect(await totalOf(requests)).toBe(0);
  });
});

describe('a start that is written down ahead of its instant', () => {
  const early: StartRequest = { ...request, source: 'CRON_SCHEDULER', key: 'slot/P/t/UTC/1', notBefore: NOW + 1000 };

  it('has the key of its slot, waits for its instant, and asks the switches then', async () => {
    settings.set('scheduler.triggers.enabled', false);

    expect(await starter.start(early)).toMatchObject({ kind: 'submitted' });

    expect(outbox.effects).toMatchObject([
      { key: 'slot/P/t/UTC/1', notBefore: NOW + 1000, payload: { unasked: true } },
    ]);
    expect(outbox.effects[0]).not.toHaveProperty('suppressedBy');
    expect(await totalOf(requests)).toBe(0);
  });

  it('may be held back by who asks for it', async () => {
    expect(await starter.start({ ...early, heldBackBy: 'paused' })).toEqual({ kind: 'suppressed', by: 'paused' });

    expect(outbox.effects).toMatchObject([{ suppressedBy: 'paused' }]);
    expect(await totalOf(disabled)).toBe(0);
  });
});
