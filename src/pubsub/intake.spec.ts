import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { counterOf, shownBy } from '../../test/support/metrics.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { type Artifact, artifact, artifactsFound } from '../artifacts/index.js';
import { Bus, type Inbox, type IncomingEvent, type ReceivedEvent } from '../events/index.js';
import type { Effect, NewEffect, Outbox } from '../outbox/index.js';
import { InvalidRequestError, OverloadedError } from '../platform/errors/index.js';
import { Intake, type MessageEffect } from './intake.js';
import { MessageCounts } from './message-counts.js';
import { MessagePerformer } from './message.performer.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import type { Subscription } from './pubsub-system.js';
import type { Systems } from './systems.js';

const subscription: Subscription = {
  name: 'orders',
  ackDeadlineSeconds: 60,
  retentionDeadlineSeconds: 3600,
  receive: () => Promise.resolve(),
};
const message = { id: 'm1', payload: '{"a":1}', attributes: { k: 'v' } };

let accepted: IncomingEvent[];
let refusal: Error | undefined;
let known: Set<string | undefined>;
let submitted: NewEffect[];
let outboxFault: Error | undefined;
let announced: (readonly Artifact[])[];
let intake: Intake;
let clock: ManualClock;
const counters = {
  processed: counterOf(pubsubMetrics.processed),
  duplicates: counterOf(pubsubMetrics.duplicates),
  refused: counterOf(pubsubMetrics.refused),
  dead: counterOf(pubsubMetrics.dead),
};

const inbox: Pick<Inbox, 'accept'> = {
  accept: (incoming) => {
    if (refusal) return Promise.reject(refusal);
    const { dedupeKey } = incoming;
    const repeated = dedupeKey !== undefined && known.has(dedupeKey);
    known.add(dedupeKey);
    if (!repeated) accepted.push(incoming);
    const received = { ...incoming, inboxId: 'I', receivedAt: 0, ...(repeated && { repeated: true as const }) };
    return Promise.resolve(received as ReceivedEvent);
  },
};
const outbox = {
  submit: (effects: NewEffect[]) => {
    if (outboxFault) return Promise.reject(outboxFault);
    submitted.push(...effects);
    return Promise.resolve([]);
  },
};

beforeEach(() => {
  for (const counter of Object.values(counters)) counter.reset();
  RecordedLog.start();
  clock = new ManualClock();
  accepted = [];
  refusal = undefined;
  known = new Set();
  submitted = [];
  outboxFault = undefined;
  const { processed, duplicates, refused, dead } = counters;
  const bus = new Bus(new EventEmitter2());
  announced = [];
  bus.subscribe(artifactsFound, 'test', ({ artifacts }) => void announced.push(artifacts));
  const counts = new MessageCounts(processed, duplicates, refused, dead);
  intake = new Intake(inbox as Inbox, outbox as unknown as Outbox, bus, clock, counts);
});

const take = (more: Partial<Subscription> = {}, sent = message) =>
  intake.take({ system: 'google', subscription: { ...subscription, ...more } }, sent);

const reading = (artifacts: readonly Artifact[]) => ({ read: () => Promise.resolve(artifacts), isTemplate: true });
const failing = { read: () => Promise.reject(new Error('no object')), isTemplate: true };

const counted = async (): Promise<string[]> => {
  const all = await Promise.all(Object.entries(counters).map(async ([name, c]) => [name, await shownBy(c)] as const));
  return all.flatMap(([name, shown]) => shown.map(({ value }) => `${name} ${String(value)}`));
};

describe('a message', () => {
  it('becomes an event of type pubsub (edges.md §5.2)', async () => {
    expect(await take()).toEqual({ kind: 'taken' });

    expect(accepted).toEqual([
      {
        identity: { headers: {} },
        dedupeKey: 'pubsub:google/orders/m1/1444654255',
        event: {
          details: { type: 'pubsub', created: String(clock.now()), requestHeaders: {}, attributes: { k: 'v' } },
          content: {
            messageDescription: {
              subscriptionName: 'orders',
              messagePayload: '{"a":1}',
              messageAttributes: { k: 'v' },
              pubsubSystem: 'GOOGLE',
              ackDeadlineSeconds: 60,
              retentionDeadlineSeconds: 3600,
              artifacts: [],
            },
          },
          payload: { a: 1 },
          eventId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      },
    ]);
    expect(await counted()).toEqual(['processed 1']);
  });

  it.each(['text', '[1]', 'null', ''])('that is no JSON object is an event without a payload: %s', async (payload) => {
    await take({}, { ...message, payload });

    expect(accepted[0]?.event.payload).toBeUndefined();
    expect(accepted[0]?.event.content).toMatchObject({ messageDescription: { messagePayload: payload } });
  });

  it('becomes further events where the subscription says so (edges.md §9, test 42)', async () => {
    await take({ alsoAs: ['googleCloudBuild'] });

    expect(accepted.map(({ event }) => event.details)).toMatchObject([
      { type: 'pubsub' },
      { type: 'googleCloudBuild' },
    ]);
    const [first, second] = accepted.map(({ event }) => event);
    expect(second?.content).toEqual(first?.content);
    expect([second?.payload, second?.details?.attributes]).toEqual([undefined, undefined]);
    expect(await counted()).toEqual(['processed 1']);
  });

  it.each([
    [[artifact({ type: 't', reference: 'r' }), artifact({ type: 'u' })], 2],
    [[artifact({ type: 't' }), artifact({ type: 'u', reference: 'r' })], 0],
    [[artifact({ type: 't', reference: '' })], 0],
    [[], 0],
  ])('brings all of its artifacts, or none when the first has no reference (%#)', async (artifacts, count) => {
    await take({ artifacts: reading(artifacts) });

    const description = accepted[0]?.event.content?.['messageDescription'] as unknown as { artifacts: unknown[] };
    expect(description.artifacts).toHaveLength(count);
  });
});

describe('artifacts that a template wrote', () => {
  const artifacts = [artifact({ type: 't', name: 'n' })];

  it('are told to others once, with or without a reference', async () => {
    await take({ artifacts: reading(artifacts) });
    await take({ artifacts: reading(artifacts) });

    expect(announced).toEqual([artifacts]);
  });

  it.each([
    ['there are none', reading([])],
    ['nobody took the message', undefined],
    ['another service named them', { ...reading(artifacts), isTemplate: false }],
  ])('are not where %s', async (_why, source) => {
    if (!source) refusal = new Error('full');
    await take({ artifacts: source ?? reading(artifacts) });

    expect(announced).toEqual([]);
  });
});

describe('a message that comes again', () => {
  it('is acknowledged and counted, and is no event again (edges.md §9, tests 47 and 48)', async () => {
    const sent = { ...message, payload: 'THE TRUTH IS OUT THERE' };
    expect([await take({}, sent), await take({}, sent)]).toEqual([{ kind: 'taken' }, { kind: 'taken' }]);

    expect(accepted).toMatchObject([{ dedupeKey: 'pubsub:google/orders/m1/2890643604' }]);
    expect(await counted()).toEqual(['processed 1', 'duplicates 1']);
  });

  it('with another payload is another message', async () => {
    await take();
    await take({}, { ...message, payload: '{"a":2}' });

    expect(accepted).toHaveLength(2);
  });

  it('without an id is not recognised', async () => {
    const anonymous = { payload: '{}' } as typeof message;
    await take({}, anonymous);
    await take({}, anonymous);

    expect(accepted).toHaveLength(2);
    expect(accepted[0]).not.toHaveProperty('dedupeKey');
  });
});

describe('a message that the inbox does not take', () => {
  it.each([new OverloadedError('full', 1), new Error('database away')])('is to be given back: %s', async (error) => {
    refusal = error;

    expect(await take()).toEqual({ kind: 'refused', reason: error.message });
    expect([submitted, await counted()]).toEqual([[], ['refused 1']]);
  });

  it('and never will is of no use', async () => {
    refusal = new InvalidRequestError('too big');

    expect(await take()).toEqual({ kind: 'taken' });
    expect([submitted.length, await counted()]).toEqual([1, ['dead 1']]);
  });
});

describe('a message of no use', () => {
  it('is acknowledged once it is among the dead effects', async () => {
    expect(await take({ artifacts: failing })).toEqual({ kind: 'taken' });

    expect(accepted).toEqual([]);
    expect(submitted).toEqual([
      {
        kind: 'message',
        key: 'google/orders/m1/1444654255',
        payload: { system: 'google', subscription: 'orders', message },
        identity: { headers: {} },
        cause: {},
      },
    ]);
    expect(await counted()).toEqual(['dead 1']);
  });

  it('is given back when it cannot be kept there', async () => {
    outboxFault = new Error('database away');

    expect(await take({ artifacts: failing })).toEqual({ kind: 'refused', reason: 'database away' });
  });
});

describe('a message of no use that is tried again', () => {
  const attempt = (found: Subscription | undefined) => {
    const source = found && { system: 'google', subscription: found };
    const performer = new MessagePerformer({ source: () => source } as unknown as Systems, intake);
    return performer.attempt({
      payload: { system: 'google', subscription: 'orders', message },
    } as unknown as Effect<MessageEffect>);
  };

  it('is an event when what hindered it is mended', async () => {
    expect(await attempt(subscription)).toEqual({ kind: 'done' });
    expect(accepted).toHaveLength(1);
  });

  it('is dead as long as it is not', async () => {
    expect(await attempt({ ...subscription, artifacts: failing })).toEqual({ kind: 'dead', error: 'no object' });
  });

  it('waits while the inbox is full', async () => {
    refusal = new OverloadedError('full', 1);

    expect(await attempt(subscription)).toEqual({ kind: 'retry', error: 'full' });
  });

  it('stays dead when its subscription is gone', async () => {
    expect(await attempt(undefined)).toEqual({ kind: 'dead', error: "There is no google subscription 'orders'." });
  });
});
