import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { Deferred } from '../platform/lifecycle/index.js';
import type { PubsubMessage, Reception } from './pubsub-system.js';
import { Receiver } from './receiver.js';

/** A subscription that a test leads by hand. */
class ScriptedSubscription {
  readonly name = 'orders';
  readonly ackDeadlineSeconds = 10;
  readonly retentionDeadlineSeconds = 100;
  readonly receptions: Reception[] = [];
  private end = new Deferred<Error | undefined>();

  async receive(reception: Reception): Promise<void> {
    this.receptions.push(reception);
    this.end = new Deferred();
    reception.signal.addEventListener('abort', () => this.end.resolve(undefined));
    const fault = await this.end.promise;
    if (fault) throw fault;
  }

  get latest(): Reception | undefined {
    return this.receptions.at(-1);
  }

  async lose(reason?: string): Promise<void> {
    this.end.resolve(reason === undefined ? undefined : new Error(reason));
    await clock.advance(0);
  }
}

let clock: ManualClock;
let log: RecordedLog;
let subscription: ScriptedSubscription;
let receiver: Receiver;
let paused: boolean;
let taken: PubsubMessage[];
let ended: boolean;

beforeEach(async () => {
  log = RecordedLog.start();
  clock = new ManualClock();
  subscription = new ScriptedSubscription();
  paused = false;
  taken = [];
  ended = false;
  receiver = new Receiver(
    { system: 'test', subscription },
    {
      clock,
      isPaused: () => paused,
      take: (message) => {
        taken.push(message);
        return Promise.resolve({ kind: 'taken' });
      },
    },
  );
  void receiver.run().then(() => (ended = true));
  await clock.advance(0);
});

const settle = (): Promise<void> => clock.advance(0);

describe('a receiver', () => {
  it('is connecting until the subscription says that messages can come', () => {
    expect(receiver.state).toBe('connecting');
    subscription.latest?.connected();
    subscription.latest?.connected();

    expect(receiver.state).toBe('receiving');
    expect(log.at('log')).toEqual(["Receiving messages of the test subscription 'orders'."]);
  });

  it('hands over what comes', async () => {
    const settlement = await subscription.latest?.take({ id: '1', payload: 'x' });

    expect([settlement, taken]).toEqual([{ kind: 'taken' }, [{ id: '1', payload: 'x' }]]);
  });
});

describe('a lost connection', () => {
  it('is made again after one second, two, four, up to thirty', async () => {
    const pauses: (number | undefined)[] = [];
    for (let loss = 0; loss < 7; loss++) {
      await subscription.lose('gone');
      pauses.push(clock.nextIn);
      await clock.advance(clock.nextIn ?? 0);
    }

    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(subscription.receptions).toHaveLength(8);
  });

  it('is said once for each reason, and seen in its state', async () => {
    for (const reason of ['gone', 'gone', 'refused']) {
      await subscription.lose(reason);
      await clock.advance(clock.nextIn ?? 0);
    }

    expect(log.at('warn')).toEqual([
      "No messages of the test subscription 'orders': gone. Connecting again.",
      "No messages of the test subscription 'orders': refused. Connecting again.",
    ]);
    expect([receiver.state, receiver.lastError]).toEqual(['connecting', 'refused']);
  });

  it.each([
    [30_000, 1000],
    [29_999, 2000],
  ])('that stood for %i ms is made again after %i', async (stood, pause) => {
    await subscription.lose('gone');
    await clock.advance(1000);
    subscription.latest?.connected();
    expect([receiver.state, receiver.lastError]).toEqual(['receiving', undefined]);

    await clock.advance(stood);
    await subscription.lose('gone');
    expect([receiver.state, clock.nextIn]).toEqual(['waiting', pause]);
  });

  it('is one that ended without being told to', async () => {
    await subscription.lose();

    expect([receiver.state, receiver.lastError]).toEqual(['waiting', 'the connection ended']);
  });
});

describe('a paused receiver', () => {
  it('ends its connection and makes a new one when it goes on', async () => {
    subscription.latest?.connected();
    paused = true;
    receiver.reconsider();
    await settle();
    expect([receiver.state, subscription.latest?.signal.aborted]).toEqual(['paused', true]);
    subscription.latest?.connected();
    expect(receiver.state).toBe('paused');

    paused = false;
    receiver.reconsider();
    await settle();
    expect([receiver.state, subscription.receptions.length]).toEqual(['connecting', 2]);
  });

  it('does not wait for the end of the pause after a loss', async () => {
    await subscription.lose('gone');
    paused = true;
    receiver.reconsider();
    await settle();

    expect([receiver.state, clock.waiting]).toEqual(['paused', 0]);
  });

  it('takes no notice of other settings', async () => {
    receiver.reconsider();
    await settle();

    expect(subscription.receptions).toHaveLength(1);
  });
});

describe('a receiver that is stopped', () => {
  it.each([
    ['receives', () => Promise.resolve(subscription.latest?.connected())],
    ['waits', () => subscription.lose('gone')],
    [
      'is paused',
      () => {
        paused = true;
        receiver.reconsider();
        return settle();
      },
    ],
  ])('ends while it %s', async (_what, arrange) => {
    await arrange();
    receiver.stop();
    await settle();

    expect([ended, receiver.state, clock.waiting]).toEqual([true, 'stopped', 0]);
  });
});
