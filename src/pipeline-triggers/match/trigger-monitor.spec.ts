import { describe, expect, it } from 'vitest';
import { ConstraintMatcher } from '../../artifacts/index.js';
import type { EchoEvent, ReceivedEvent } from '../../events/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { PatternCompiler } from '../../platform/regex/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { type Pipeline, type Trigger, readPipeline, rejected } from '../../pipelines/index.js';
import { TriggerIndex } from '../index/trigger-index.js';
import { Inquiry } from '../inquiry.js';
import {
  type Check,
  type Filled,
  type RequestHeaders,
  type TriggerHandler,
  failed,
  passed,
} from '../trigger-handler.js';
import { type TriggerKey, keyOf } from '../trigger-key.js';
import type { Matching } from './match.js';
import { type MonitorParts, TriggerMonitor } from './trigger-monitor.js';

/** An event that says for which source it is, and which branch. */
interface Push {
  readonly source: string;
  readonly branch: string;
}

/** A handler with two checks: its triggers wait for a source, and want a branch. */
class PushHandler implements TriggerHandler<Push> {
  readonly monitor = 'PushHandler';
  readonly triggerTypes = ['push'];
  readonly asked: string[] = [];
  headers: RequestHeaders = {};

  readonly checks: Check<Push>[] = [
    {
      rule: 'branch',
      check: ({ branch }, event) => {
        this.asked.push(`branch ${branch ?? ''}`);
        if (branch === 'throws') throw new Error('cannot bear it');
        return !branch || branch === event.branch ? passed : failed(branch, event.branch);
      },
    },
    {
      rule: 'slug',
      check: ({ slug, branch }) => {
        this.asked.push(`slug ${branch ?? ''}`);
        return slug ? failed(slug, 'none') : passed;
      },
    },
  ];

  accepts(eventType: string): boolean {
    return eventType === 'push';
  }

  read({ content }: EchoEvent, headers: RequestHeaders) {
    this.headers = headers;
    const { source, branch } = content as unknown as Push;
    return { kind: 'event', event: { source, branch } } as const;
  }

  triggerKey(trigger: Trigger): TriggerKey {
    return keyOf(trigger, ['source']);
  }

  eventKey({ source }: Push): string {
    return source;
  }

  fill(trigger: Trigger, { branch }: Push): Filled {
    if (trigger.hash) throw new Error('cannot be filled');
    return { trigger: { ...trigger, branch }, artifacts: [] };
  }
}

const trigger = { type: 'push', enabled: true, source: 's' };
const EVENT: EchoEvent = { details: { type: 'push' }, content: { source: 's', branch: 'main' }, eventId: 'E' };

const pipelineWith = (triggers: readonly object[], number: number): Pipeline =>
  readPipeline({ application: 'app', name: `p${number}`, id: String(number), triggers } as JsonObject);

/** A monitor over these pipelines with the real rules; nobody is denied and nothing repeats unless said so. */
function monitorOf(handler: PushHandler, pipelines: readonly Pipeline[], parts: Partial<MonitorParts>): TriggerMonitor {
  const any = handler as unknown as TriggerHandler;
  const patterns = new PatternCompiler();
  const index = new TriggerIndex(pipelines, [any]);
  return new TriggerMonitor('push', any, {
    index: { current: index, ready: () => Promise.resolve(index) },
    permission: { denial: () => Promise.resolve(undefined), failed: () => undefined },
    invalid: { tell: () => undefined },
    repeats: { rejection: () => Promise.resolve(undefined) },
    tools: { patterns, constraints: new ConstraintMatcher(patterns) },
    ...parts,
  });
}

/** Each of these triggers on a pipeline of its own. */
function bench(triggers: readonly object[], parts: Partial<MonitorParts> = {}) {
  const handler = new PushHandler();
  const pipelines = triggers.map((one, i) => pipelineWith([{ ...trigger, ...one }], i + 1));
  return { handler, monitor: monitorOf(handler, pipelines, parts) };
}

const match = (monitor: TriggerMonitor, more: Partial<ReceivedEvent> = {}): Promise<Matching> =>
  monitor.match({ event: EVENT, identity: NOBODY, inboxId: 'I', receivedAt: 0, ...more }, new Inquiry(NOBODY));

/** What became of each trigger, in a line. */
async function outcomes(monitor: TriggerMonitor): Promise<string[]> {
  const { matches, rejections } = await match(monitor);
  return [
    ...matches.map(({ pipeline }) => `${pipeline.name} matched`),
    ...rejections.map((no) =>
      no.kind === 'rejected' ? `${no.pipelineName} ${no.rule}: ${no.expected} | ${no.got}` : no.kind,
    ),
  ];
}

describe('the triggers of a handler', () => {
  it('are each matched, or rejected by the first rule that failed', async () => {
    const { handler, monitor } = bench([{}, { branch: 'dev', slug: 'x' }, { branch: 'main', slug: 'x' }]);

    expect(await outcomes(monitor)).toEqual(['p1 matched', 'p2 branch: dev | main', 'p3 slug: x | none']);
    expect(handler.asked).not.toContain('slug dev');
  });

  it('are asked nothing when they do not wait for the event, however many there are', async () => {
    const { handler, monitor } = bench([{}, ...Array.from({ length: 500 }, (_, i) => ({ source: `other${i}` }))]);

    expect(await outcomes(monitor)).toEqual(['p1 matched']);
    expect(handler.asked).toEqual(['branch ', 'slug ']);
  });

  it('start one pipeline each, even when several stand on one pipeline', async () => {
    const pipeline = pipelineWith([trigger, { ...trigger, branch: 'main' }], 1);

    expect(await outcomes(monitorOf(new PushHandler(), [pipeline], {}))).toEqual(['p1 matched', 'p1 matched']);
  });

  it('hinder no other when one throws while it is checked or filled in', async () => {
    const failures: string[] = [];
    const { monitor } = bench([{ branch: 'throws' }, {}, { hash: 'x' }, {}], {
      permission: {
        denial: () => Promise.resolve(undefined),
        failed: (error) => void failures.push((error as Error).message),
      },
    });

    expect(await outcomes(monitor)).toEqual([
      'p2 matched',
      'p4 matched',
      'p1 trigger: a usable trigger | cannot bear it',
      'p3 trigger: a usable trigger | cannot be filled',
    ]);
    expect(failures.sort()).toEqual(['cannot be filled', 'cannot bear it']);
  });

  it('need a user who may run the pipeline, which is asked only for those that match', async () => {
    const asked: unknown[] = [];
    const { monitor } = bench([{ runAsUser: 'eve' }, { runAsUser: 'joe' }, { runAsUser: 'ann', branch: 'dev' }], {
      permission: {
        denial: ({ trigger: { runAsUser } }) => {
          asked.push(runAsUser);
          return Promise.resolve(runAsUser === 'eve' ? rejected('permission', 'it', 'denied') : undefined);
        },
        failed: () => undefined,
      },
    });

    expect(await outcomes(monitor)).toEqual(['p2 matched', 'p1 permission: it | denied', 'p3 branch: dev | main']);
    expect(asked.sort()).toEqual(['eve', 'joe']);
  });

  it('are listed up to a limit when they are rejected; the others are counted', async () => {
    const { monitor } = bench(Array.from({ length: 250 }, () => ({ branch: 'dev' })));

    const { rejections, omitted } = await match(monitor);

    expect([rejections.length, omitted]).toEqual([200, 50]);
  });
});

describe('an event', () => {
  it('that comes before the first load of pipelines waits for it, and is matched then', async () => {
    const handler = new PushHandler();
    let release: (index: TriggerIndex) => void = () => undefined;
    const ready = new Promise<TriggerIndex>((resolve) => (release = resolve));
    const index = { current: undefined, ready: () => ready };
    const early = outcomes(monitorOf(handler, [], { index }));

    release(new TriggerIndex([pipelineWith([trigger], 1)], [handler as unknown as TriggerHandler]));

    expect(await early).toEqual(['p1 matched']);
  });

  it('is read with the headers that nobody else may see, and starts without them', async () => {
    const { handler, monitor } = bench([{}]);
    const event = { ...EVENT, details: { type: 'push', requestHeaders: { host: ['h'] } } };

    const { matches } = await match(monitor, { event, privateHeaders: { authorization: ['geheim'] } });

    expect(handler.headers).toEqual({ host: ['h'], authorization: ['geheim'] });
    expect(JSON.stringify(matches)).not.toContain('geheim');
  });
});
