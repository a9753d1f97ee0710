import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventEmitterModule } from '@nestjs/event-emitter';
import { type Counter, type Histogram, register } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { shownBy } from '../../test/support/metrics.js';
import { nestContext } from '../../test/support/nest-context.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { metricProviders, metricToken } from '../platform/metrics/index.js';
import { EventDispatcher } from './dispatcher.js';
import { eventsMetrics } from './events.metrics.js';
import type { ReceivedEvent } from './inbox.js';
import { Bus, EchoEventListener, type EventListener } from './index.js';

let clock: ManualClock;
let log: RecordedLog;
let seen: string[];

@EchoEventListener({ name: 'sound' })
class SoundListener implements EventListener {
  async processEvent(_event: unknown, { inboxId }: ReceivedEvent): Promise<void> {
    await clock.advance(250);
    seen.push(inboxId);
  }
}

@EchoEventListener({ name: 'faulty' })
class FaultyListener implements EventListener {
  processEvent(): void {
    throw Object.assign(new Error('cannot bear it'), { code: 'unbearable' });
  }
}

@EchoEventListener({ name: 'late' })
class LateListener implements EventListener {
  processEvent(): Promise<void> {
    return Promise.reject(new Error('too late'));
  }
}

@Module({
  imports: [EventEmitterModule.forRoot({ global: false }), DiscoveryModule],
  providers: [Bus, EventDispatcher, SoundListener, FaultyListener, LateListener, ...metricProviders(eventsMetrics)],
})
class DispatchModule {}

const received: ReceivedEvent = {
  event: { details: { type: 'build' }, eventId: 'E' },
  identity: { headers: {} },
  inboxId: 'I',
  receivedAt: 0,
};

async function dispatched() {
  const context = await nestContext([DispatchModule], { clock });
  log = RecordedLog.start();
  await context.get(EventDispatcher).dispatch(received);
  const errors = context.get<Counter>(metricToken(eventsMetrics.listenerErrors));
  const duration = context.get<Histogram>(metricToken(eventsMetrics.listenerDuration));
  await context.close();
  return { errors, duration };
}

beforeEach(() => {
  clock = new ManualClock();
  seen = [];
});

afterEach(() => register.clear());

describe('an accepted event', () => {
  it('reaches every listener, whatever becomes of another', async () => {
    await dispatched();

    expect(seen).toEqual(['I']);
    expect(log.at('error')).toEqual(["Listener 'faulty' failed: cannot bear it", "Listener 'late' failed: too late"]);
  });

  it('is counted under the name of each listener that failed, with the code of the error', async () => {
    const { errors } = await dispatched();

    expect(await shownBy(errors)).toEqual([
      { value: 1, listener: 'faulty', exception: 'unbearable' },
      { value: 1, listener: 'late', exception: 'internal' },
    ]);
  });

  it('is timed under the name of each listener, failed or not', async () => {
    const { duration } = await dispatched();

    const sums = (await duration.get()).values.filter(({ metricName }) => metricName?.endsWith('_sum'));
    expect(sums.map(({ labels, value }) => [labels['listener'], value])).toEqual([
      ['faulty', 0],
      ['late', expect.any(Number)],
      ['sound', 0.25],
    ]);
  });
});
