import { beforeEach, describe, expect, it } from 'vitest';
import type { IgorClient } from '../../clients/index.js';
import type { ReceivedEvent } from '../../events/index.js';
import type { JsonObject, JsonValue } from '../../platform/json/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { type Pipeline, type PipelineCache, readPipeline } from '../../pipelines/index.js';
import { BuildLookUp } from './build-look-up.js';
import { ManualMonitor } from './manual-monitor.js';

const joe: Identity = { headers: { 'x-spinnaker-user': 'joe' } };
const pipelineOf = (id: string, more: object = {}): Pipeline =>
  readPipeline({ application: 'application', name: `name ${id}`, id, ...more });

/** The pipelines that Echo knows, and those that only front50 has. */
class ScriptedCache {
  pipelines: Pipeline[] | undefined = [];
  partial = false;
  fresh: Pipeline | undefined;
  stored: Pipeline | undefined;
  readonly asked: string[] = [];
  release: (pipelines: Pipeline[]) => void = () => undefined;

  snapshot() {
    return this.pipelines && { pipelines: this.pipelines };
  }

  ready() {
    return new Promise((resolve) => (this.release = (pipelines) => resolve({ pipelines })));
  }

  refresh(known: Pipeline, identity: Identity): Promise<Pipeline> {
    this.asked.push(`refresh ${known.id} as ${identity.headers['x-spinnaker-user']}`);
    return Promise.resolve(this.fresh ?? known);
  }

  find(application: string, nameOrId: string): Promise<Pipeline | undefined> {
    this.asked.push(`find ${application}/${nameOrId}`);
    return Promise.resolve(this.stored);
  }
}

let cache: ScriptedCache;
let monitor: ManualMonitor;

beforeEach(() => {
  cache = new ScriptedCache();
  const builds = new BuildLookUp({
    enabled: true,
    artifact: () => Promise.reject(new Error('igor is down')),
  } as unknown as IgorClient);
  monitor = new ManualMonitor(cache as unknown as PipelineCache, builds);
});

const received = (content: JsonObject | null): ReceivedEvent => ({
  event: { details: { type: 'manual' }, content, eventId: 'E' },
  identity: joe,
  inboxId: 'I',
  receivedAt: 0,
});
const match = (pipelineNameOrId: string, trigger: JsonValue = { type: 'manual' }) =>
  monitor.match(received({ application: 'application', pipelineNameOrId, trigger }));

describe('a manual event', () => {
  it.each([
    ['manual', true],
    ['MANUAL', true],
    ['webhook', false],
  ])('is of the type %s: %s', (type, accepted) => {
    expect(monitor.accepts(type)).toBe(accepted);
  });

  it.each([
    [null, 'content: expected the pipeline to start, got nothing'],
    [{ pipelineNameOrId: 'p' }, 'content.application: expected a text, got nothing'],
    [{ application: 'a' }, 'content.pipelineNameOrId: expected a text, got nothing'],
    [{ application: 'a', pipelineNameOrId: {} }, 'content.pipelineNameOrId: expected a text, got an object'],
  ])('is of no use as %j', async (content, message) => {
    await expect(monitor.match(received(content))).rejects.toThrow(message);
  });

  it('waits for the first load of pipelines', async () => {
    cache.pipelines = undefined;
    const matching = match('1');
    cache.release([pipelineOf('1')]);

    expect((await matching).matches).toHaveLength(1);
  });
});

describe('a manual start', () => {
  beforeEach(() => {
    cache.pipelines = [pipelineOf('1'), pipelineOf('2'), pipelineOf('3', { application: 'other', name: 'name 1' })];
  });

  it.each(['1', 'name 1'])(
    'starts the pipeline %s in its latest state, as the caller (core.md §10, test 171)',
    async (which) => {
      cache.fresh = pipelineOf('1', { name: 'fresh', notifications: [{ type: 'email' }] });

      const { matches, rejections } = await match(which, {
        type: 'manual',
        user: 'jane',
        notifications: [{ type: 'slack' }],
        parameters: { a: '1' },
      });

      expect(matches).toMatchObject([
        {
          subject: { handler: 'manual', pipelineId: '1', triggerType: 'manual' },
          pipeline: {
            name: 'fresh',
            notifications: [{ type: 'email' }, { type: 'slack' }],
            trigger: { type: 'manual', user: 'jane', parameters: { a: '1' } },
            receivedArtifacts: [],
          },
          tags: { monitor: 'ManualEventHandler', application: 'application' },
          actAsCaller: true,
        },
      ]);
      expect(matches[0]).not.toHaveProperty('error');
      expect(rejections).toEqual([]);
      expect(cache.asked).toEqual(['refresh 1 as joe']);
    },
  );

  it('starts every pipeline that is meant', async () => {
    cache.pipelines?.push(pipelineOf('name 1', { name: 'x' }));

    expect((await match('name 1')).matches.map(({ pipeline }) => pipeline.id)).toEqual(['1', 'name 1']);
  });

  it('has notifications even where nobody has any, as the original', async () => {
    expect((await match('1')).matches[0]?.pipeline.notifications).toEqual([]);
  });

  it('does not start a disabled pipeline, which is recorded', async () => {
    cache.pipelines = [pipelineOf('1', { disabled: true })];

    expect(await match('1')).toMatchObject({
      matches: [],
      rejections: [{ pipelineId: '1', kind: 'rejected', rule: 'pipeline enabled', expected: 'true', got: 'false' }],
    });
  });

  it.each([
    ['has no trigger', null, 'The request to start it has no trigger.'],
    ['has a trigger that cannot be read', { parameters: [] }, 'parameters: expected an object, got a list'],
    [
      'has an artifact that cannot be had',
      { artifacts: [{ name: 'n', version: 'v', location: 'l' }] },
      'Could not resolve artifacts: igor is down',
    ],
  ])('is reported as failed when it %s', async (_how, trigger, error) => {
    const { matches } = await match('1', trigger);

    expect(matches).toMatchObject([{ pipeline: { id: '1' }, error }]);
    expect(cache.asked).toEqual(['refresh 1 as joe']);
  });
});

describe('a manual start of a pipeline that Echo does not know', () => {
  it('is reported as failed, without asking front50 (test 172; decisions.md 12)', async () => {
    const { matches } = await match('nameless', { type: 'manual', user: 'jane', note: 'please' });

    expect(matches).toMatchObject([
      {
        pipeline: { application: 'application', name: 'nameless', trigger: { user: 'jane', note: 'please' } },
        error: 'There is no pipeline nameless in application application.',
        actAsCaller: true,
      },
    ]);
    expect(cache.asked).toEqual([]);
  });

  it.each([null, 'odd', { parameters: [] }])(
    'is reported without a trigger that cannot be read: %j',
    async (trigger) => {
      const [failed] = (await match('nameless', trigger)).matches;

      expect(failed?.pipeline).not.toHaveProperty('trigger');
      expect(failed?.error).toBe('There is no pipeline nameless in application application.');
    },
  );

  describe('while the cache holds a part of the pipelines', () => {
    beforeEach(() => (cache.partial = true));

    it('starts what front50 finds, which is fresh already (tests 173, 174)', async () => {
      cache.stored = pipelineOf('9');

      expect((await match('name 9')).matches).toMatchObject([{ pipeline: { id: '9' } }]);
      expect(cache.asked).toEqual(['find application/name 9']);
    });

    it('does not start a disabled one (test 175)', async () => {
      cache.stored = pipelineOf('9', { disabled: true });

      expect(await match('9')).toMatchObject({ matches: [], rejections: [{ rule: 'pipeline enabled' }] });
    });

    it.each([
      ['with another name and id (test 176)', pipelineOf('8')],
      ['which does not exist (test 177)', undefined],
    ])('does not start one %s', async (_which, stored) => {
      cache.stored = stored;

      expect((await match('9')).matches).toMatchObject([
        { error: 'There is no pipeline 9 in application application.' },
      ]);
    });
  });
});
