import { beforeEach, describe, expect, it } from 'vitest';
import { counterOf, shownBy } from '../../test/support/metrics.js';
import { TestSettings } from '../../test/support/test-settings.js';
import type { Publication, ReceivedEvent } from '../events/index.js';
import type { Effect, NewEffect, Outbox, PublishEffect } from '../outbox/index.js';
import { EchoError } from '../platform/errors/index.js';
import { PublishListener } from './publish.listener.js';
import { PublishPerformer } from './publish.performer.js';
import { pubsubMetrics } from './pubsub.metrics.js';
import type { Publisher } from './pubsub-system.js';
import type { Systems } from './systems.js';

let published: Publication[];
let fault: Error | undefined;
const counter = counterOf(pubsubMetrics.published);

const publisherOf = (name: string, content: Publisher['content']): Publisher => ({
  name,
  content,
  topicName: 't',
  publish: (publication) => {
    if (fault) return Promise.reject(fault);
    published.push(publication);
    return Promise.resolve();
  },
});

const outlets = [
  { system: 'google', publisher: publisherOf('all', 'ALL') },
  { system: 'google', publisher: publisherOf('some', 'NOTIFICATIONS') },
];
const systems = {
  outlets,
  outletsNamed: (name: string) => outlets.filter(({ publisher }) => publisher.name === name),
} as unknown as Systems;

beforeEach(() => {
  published = [];
  fault = undefined;
  counter.reset();
});

describe('an event', () => {
  it('is to be published once by every publisher that wants all', async () => {
    const submitted: NewEffect[] = [];
    const outbox = { submit: (effects: NewEffect[]) => Promise.resolve(submitted.push(...effects)) };
    const listener = new PublishListener(systems, outbox as unknown as Outbox, new TestSettings());
    const requestHeaders = { authorization: ['secret'], host: ['h'] };
    const event = { details: { type: 'build', requestHeaders }, eventId: 'E' };

    await listener.processEvent(event, { inboxId: 'I', identity: { headers: {} } } as ReceivedEvent);

    expect(submitted).toEqual([
      {
        kind: 'publish',
        key: 'I/google/all',
        identity: { headers: {} },
        cause: { inboxId: 'I', eventId: 'E' },
        payload: {
          system: 'google',
          publisher: 'all',
          data: expect.stringContaining('"eventId":"E"') as string,
          attributes: { rawType: 'build' },
        },
      },
    ]);
    expect(JSON.stringify(submitted)).not.toContain('authorization');
  });
});

describe('publishing', () => {
  const payload = { system: 'google', publisher: 'all', data: 'd', attributes: { k: 'v' } };
  const attemptOf = (given: PublishEffect) =>
    new PublishPerformer(systems, counter).attempt({ payload: given } as Effect<PublishEffect>);
  const attempt = (more: Partial<PublishEffect> = {}) => attemptOf({ ...payload, ...more });

  it('brings data and attributes to the topic', async () => {
    expect(await attempt()).toEqual({ kind: 'done' });

    expect(published).toEqual([{ data: 'd', attributes: { k: 'v' } }]);
    expect(await shownBy(counter)).toEqual([{ value: 1, publisher: 'all', pubsubSystem: 'google' }]);
  });

  it.each([
    [new Error('reset'), { kind: 'retry', error: 'reset' }],
    [new EchoError('busy', { code: 'x', retryable: true }), { kind: 'retry', error: 'busy' }],
    [new EchoError('no topic', { code: 'x' }), { kind: 'dead', error: 'no topic' }],
  ])('that fails with %s', async (error, outcome) => {
    fault = error;

    expect(await attempt()).toEqual(outcome);
  });

  it('goes by the name alone where nothing else is said', async () => {
    const { system: _system, ...anywhere } = payload;

    expect(await attemptOf({ ...anywhere, publisher: 'some' })).toEqual({ kind: 'done' });
    expect(await attemptOf({ ...anywhere, publisher: 'some', content: 'ALL' })).toEqual({
      kind: 'dead',
      error: "There is no publisher 'some' for ALL.",
    });
  });

  it('without a publisher is dead', async () => {
    expect(await attempt({ publisher: 'gone' })).toEqual({
      kind: 'dead',
      error: "There is no google publisher 'gone'.",
    });
  });
});
