import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { TestSettings } from '../../test/support/test-settings.js';
import type { HttpAnswer, HttpCall, HttpTransport } from '../platform/http/index.js';
import { TelemetrySender } from './telemetry.sender.js';

const HOUR = 3_600_000;
const BREAKERS = {
  telemetry: {
    failureRateThreshold: 50,
    minimumNumberOfCalls: 5,
    slidingWindowSize: 10,
    waitDurationInOpenState: 12 * HOUR,
  },
};

function senderWith(answer: () => Promise<HttpAnswer>) {
  const calls: HttpCall[] = [];
  const http = {
    send: (call: HttpCall) => {
      calls.push(call);
      return answer();
    },
  } as unknown as HttpTransport;
  const clock = new ManualClock();
  const settings = new TestSettings({
    'stats.endpoint': 'http://stats/',
    'resilience4j.circuitbreaker.instances': BREAKERS,
  });
  return { sender: new TelemetrySender(http, clock, settings), clock, calls };
}

const answered = (status: number): Promise<HttpAnswer> => Promise.resolve({ status, headers: {}, body: '' });

describe('statistics', () => {
  it('are posted once, within the time that is set', async () => {
    const { sender, calls } = senderWith(() => answered(200));
    await sender.send({ a: 1 });

    expect(calls).toEqual([
      {
        method: 'POST',
        url: 'http://stats/log',
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        body: '{"a":1}',
        deadlineMs: 8000,
      },
    ]);
  });

  it.each([
    ['an answer that is none', () => answered(503)],
    ['no answer', () => Promise.reject(new Error('away'))],
  ])('after %s three times in a row rest, and one call shows whether that is over', async (_what, failure) => {
    let answer = failure;
    const { sender, clock, calls } = senderWith(() => answer());
    for (let i = 0; i < 5; i++) await sender.send({});
    expect(calls).toHaveLength(3);

    await clock.advance(12 * HOUR);
    await Promise.all([sender.send({}), sender.send({})]);
    expect(calls).toHaveLength(4);
    await sender.send({});
    expect(calls).toHaveLength(4);

    answer = () => answered(202);
    await clock.advance(12 * HOUR);
    await sender.send({});
    await sender.send({});
    expect(calls).toHaveLength(6);
  });

  it('go on when a failure was no series', async () => {
    const answers = [503, 503, 200, 503, 503, 200];
    const { sender, calls } = senderWith(() => answered(answers.shift() ?? 200));
    for (let i = 0; i < 7; i++) await sender.send({});

    expect(calls).toHaveLength(7);
  });

  it('that come faster than they can be sent are dropped', async () => {
    const { sender, calls } = senderWith(() => new Promise(() => undefined));
    for (let i = 0; i < 20; i++) void sender.send({});

    expect(calls).toHaveLength(8);
    await Promise.resolve();
  });
});
