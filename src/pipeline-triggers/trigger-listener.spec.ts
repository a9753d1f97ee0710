import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { counterOf, totalOf } from '../../test/support/metrics.js';
import { Bus, type EchoEvent, type EventArchive, type ReceivedEvent } from '../events/index.js';
import { HEADER } from '../platform/request-context/index.js';
import {
  type Decision,
  type EventDecided,
  type Rejection,
  type Subject,
  eventDecided,
  readPipeline,
} from '../pipelines/index.js';
import type { Match, Matching, Monitor } from './match/match.js';
import { NO_MATCH } from './match/match.js';
import type { MatchStarter } from './match/match-starter.js';
import type { Monitors } from './match/monitors.js';
import { triggersMetrics } from './pipeline-triggers.metrics.js';
import { TriggerListener } from './trigger-listener.js';

const subject = (handler: string): Subject => ({
  handler,
  application: 'app',
  pipelineName: 'p',
  pipelineId: 'P',
  triggerId: 'T',
  triggerType: handler,
});
const match = (handler: string): Match => ({
  subject: subject(handler),
  pipeline: readPipeline({ application: 'app', name: 'p' }),
  tags: {},
  actAsCaller: false,
});
const rejection = (handler: string): Rejection => ({
  ...subject(handler),
  kind: 'rejected',
  rule: 'tag',
  expected: 'v.*',
  got: 'x',
});

/** A monitor that takes every event and finds what it is told to. */
function monitor(name: string, find: () => Partial<Matching>): Monitor & { readonly seen: ReceivedEvent[] } {
  const seen: ReceivedEvent[] = [];
  return {
    name,
    seen,
    accepts: () => true,
    match: async (received) => {
      seen.push(received);
      return { ...NO_MATCH, ...find() };
    },
  };
}

let decided: EventDecided[];
let kept: string[];
let started: { readonly match: Match; readonly received: ReceivedEvent }[];
const processed = counterOf(triggersMetrics.eventsProcessed);

/** Lets the listener process one event for these monitors. */
async function process(...monitors: Monitor[]): Promise<void> {
  const bus = new Bus(new EventEmitter2());
  bus.subscribe(eventDecided, 'test', (decision) => void decided.push(decision));
  const starter = {
    start: (one: Match, received: ReceivedEvent): Promise<Decision> => {
      started.push({ match: one, received });
      return Promise.resolve({ ...one.subject, kind: 'matched', start: { kind: 'submitted' } });
    },
  } as unknown as MatchStarter;
  const all = { for: (type: string) => (type === 'docker' ? monitors : []) } as unknown as Monitors;
  const event: EchoEvent = { details: { type: 'docker' }, eventId: 'E' };
  const received: ReceivedEvent = { event, identity: { headers: {} }, inboxId: 'I', receivedAt: 0 };
  const archive = { keep: (one: ReceivedEvent) => void kept.push(one.inboxId) } as unknown as EventArchive;
  await new TriggerListener(all, starter, bus, archive, processed).processEvent(event, received);
}

beforeEach(() => {
  processed.reset();
  decided = [];
  kept = [];
  started = [];
});

describe('an event', () => {
  it('starts what its monitors find, and tells what was decided', async () => {
    await process(
      monitor('a', () => ({ matches: [match('a')], rejections: [rejection('a')], omitted: 3 })),
      monitor('b', () => ({ rejections: [rejection('b')], omitted: 4 })),
    );

    expect(started.map((one) => one.match.subject.handler)).toEqual(['a']);
    expect(decided).toEqual([
      {
        inboxId: 'I',
        eventId: 'E',
        eventType: 'docker',
        decisions: [{ ...subject('a'), kind: 'matched', start: { kind: 'submitted' } }, rejection('a'), rejection('b')],
        omitted: 7,
        unusable: [],
      },
    ]);
  });

  it('reaches the monitors after one that throws, which is told', async () => {
    const faulty = monitor('faulty', () => {
      throw new Error('content.tag: expected a text, got a list');
    });
    await process(
      faulty,
      monitor('sound', () => ({ matches: [match('sound')] })),
    );

    expect(started.map((one) => one.match.subject.handler)).toEqual(['sound']);
    expect(decided).toMatchObject([
      {
        decisions: [{ handler: 'sound' }],
        unusable: [{ handler: 'faulty', reason: 'content.tag: expected a text, got a list' }],
      },
    ]);
  });

  it('that a monitor cannot use is told of without a decision', async () => {
    await process(monitor('a', () => ({ unusable: 'content: missing' })));

    expect(decided).toMatchObject([{ decisions: [], unusable: [{ handler: 'a', reason: 'content: missing' }] }]);
  });

  it('that nobody waits for is told of without decisions: somebody may wait for an explanation', async () => {
    await process(monitor('a', () => ({})));

    expect(decided).toMatchObject([{ inboxId: 'I', decisions: [], unusable: [] }]);
  });

  it('is kept for a second look when there is something to see', async () => {
    await process({ ...monitor('a', () => ({})), match: () => Promise.resolve(NO_MATCH) });
    expect(kept).toEqual([]);

    await process(monitor('a', () => ({ rejections: [rejection('a')] })));
    expect(kept).toEqual(['I']);
  });

  it('counts once for each monitor that takes its type', async () => {
    await process(
      monitor('a', () => ({})),
      monitor('b', () => ({})),
    );

    expect(await totalOf(processed)).toBe(2);
  });

  it('has one request id for all that it causes', async () => {
    const [a, b] = [monitor('a', () => ({ matches: [match('a')] })), monitor('b', () => ({}))];
    await process(a, b);

    const ids = [...a.seen, ...b.seen, ...started.map(({ received }) => received)].map(
      ({ identity }) => identity.headers[HEADER.requestId],
    );
    expect(ids).toHaveLength(3);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(1);
  });
});
