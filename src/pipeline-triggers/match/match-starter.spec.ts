import { type INestApplicationContext, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { register } from 'prom-client';
import type { Counter } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownBy } from '../../../test/support/metrics.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import type { ReceivedEvent } from '../../events/index.js';
import { type Pipeline, type StartRequest, type StartResult, Starter, readPipeline } from '../../pipelines/index.js';
import { metricProviders, metricToken } from '../../platform/metrics/index.js';
import { triggersMetrics } from '../pipeline-triggers.metrics.js';
import { PostProcessing } from '../post-processing.js';
import { PRIORITY, type PipelinePostProcessor, PostProcessesPipelines } from '../post-processor.js';
import type { Match } from './match.js';
import { MatchStarter } from './match-starter.js';

/** Takes note of what it is asked to start. */
class NotedStarter {
  readonly started: StartRequest[] = [];
  readonly failed: Omit<StartRequest, 'source'>[] = [];
  refusal: Error | undefined;

  start(request: StartRequest): Promise<StartResult> {
    if (this.refusal) return Promise.reject(this.refusal);
    this.started.push(request);
    return Promise.resolve({ kind: 'submitted' });
  }

  reportFailure(request: Omit<StartRequest, 'source'>): Promise<void> {
    this.failed.push(request);
    return Promise.resolve();
  }
}

const naming = (name: string) => ({ processPipeline: (pipeline: Pipeline): Pipeline => ({ ...pipeline, name }) });

@PostProcessesPipelines({ name: 'abc', priority: PRIORITY.lowest })
class SetsAbc implements PipelinePostProcessor {
  processPipeline = naming('ABC').processPipeline;
}

@PostProcessesPipelines({ name: 'def', priority: PRIORITY.highest })
class SetsDef implements PipelinePostProcessor {
  processPipeline = naming('DEF').processPipeline;
}

@PostProcessesPipelines({ name: 'zzz', priority: PRIORITY.lowest })
class AddsToTheName implements PipelinePostProcessor {
  processPipeline(pipeline: Pipeline): Pipeline {
    return { ...pipeline, name: `${pipeline.name}!` };
  }
}

@PostProcessesPipelines({ name: 'faulty', priority: PRIORITY.default })
class Faulty implements PipelinePostProcessor {
  processPipeline(): Pipeline {
    throw Object.assign(new Error('cannot bear it'), { code: 'unbearable' });
  }
}

const pipeline = readPipeline({
  application: 'app',
  name: 'p',
  id: 'P',
  trigger: { type: 'docker', executionId: 'X' },
});
const match: Match = {
  subject: {
    handler: 'docker',
    application: 'app',
    pipelineName: 'p',
    pipelineId: 'P',
    triggerId: 'T',
    triggerType: 'docker',
  },
  pipeline,
  tags: { monitor: 'DockerEventHandler', application: 'app' },
  actAsCaller: false,
};
const received: ReceivedEvent = {
  event: { eventId: 'E' },
  identity: { headers: {} },
  inboxId: 'I',
  receivedAt: 5,
};

let context: INestApplicationContext;
let log: RecordedLog;
let starter: NotedStarter;

async function decided(given: Match, ...processors: (new () => PipelinePostProcessor)[]) {
  @Module({
    imports: [DiscoveryModule],
    providers: [
      MatchStarter,
      PostProcessing,
      { provide: Starter, useValue: starter },
      ...processors,
      ...metricProviders(triggersMetrics),
    ],
  })
  class StartModule {}

  context = await nestContext([StartModule]);
  log = RecordedLog.start();
  return context.get(MatchStarter).start(given, received);
}

const counterOf = (metric: keyof typeof triggersMetrics): Counter => context.get(metricToken(triggersMetrics[metric]));

beforeEach(() => {
  starter = new NotedStarter();
});

afterEach(async () => {
  await context.close();
  register.clear();
});

describe('a match', () => {
  it('becomes a start for the event, unchanged without post-processors (core.md §10, test 67)', async () => {
    expect(await decided(match)).toEqual({ ...match.subject, kind: 'matched', start: { kind: 'submitted' } });

    expect(starter.started).toEqual([
      {
        pipeline,
        source: 'EXTERNAL_EVENT',
        reason: 'I',
        at: 5,
        identity: { headers: {} },
        actAsCaller: false,
        cause: { inboxId: 'I', eventId: 'E' },
      },
    ]);
    expect(log.at('log')).toEqual(['Found matching pipeline app:p (P)']);
    expect(await shownBy(counterOf('pipelinesTriggered'))).toMatchObject([
      { value: 1, monitor: 'DockerEventHandler', application: 'app' },
    ]);
  });

  it('is changed by a post-processor (test 68)', async () => {
    await decided(match, SetsAbc);

    expect(starter.started[0]?.pipeline.name).toBe('ABC');
  });

  it('is changed by the post-processors in their order, whatever the order of their classes (test 69)', async () => {
    await decided(match, AddsToTheName, SetsAbc, SetsDef);

    expect(starter.started[0]?.pipeline.name).toBe('ABC!');
  });

  it('is rejected with its reason when a post-processor fails', async () => {
    expect(await decided(match, Faulty)).toEqual({
      ...match.subject,
      kind: 'rejected',
      rule: 'start',
      expected: 'a start',
      got: 'cannot bear it',
    });

    expect(starter.started).toEqual([]);
    expect(log.at('error')).toEqual(['app:p (P) could not be started: cannot bear it']);
    expect(await shownBy(counterOf('triggerErrors'))).toEqual([{ value: 1, exception: 'unbearable' }]);
  });

  it('is rejected with its reason when it cannot be submitted', async () => {
    starter.refusal = new Error('no room');

    expect(await decided(match)).toMatchObject({ kind: 'rejected', got: 'no room' });
  });
});

describe('a match that cannot be started', () => {
  it('is reported under the id that the caller was promised, past the post-processors', async () => {
    expect(await decided({ ...match, error: 'no build' }, SetsAbc)).toEqual({
      ...match.subject,
      kind: 'matched',
      start: { kind: 'reported-as-failed', error: 'no build' },
    });

    expect(starter.failed).toMatchObject([
      { pipeline: { name: 'p', executionId: 'X', errorMessage: 'no build' }, reason: 'I', cause: { inboxId: 'I' } },
    ]);
    expect(starter.started).toEqual([]);
    expect(await shownBy(counterOf('pipelinesTriggered'))).toEqual([]);
  });
});
