import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { until } from '../../../test/support/until.js';
import type { ReceivedEvent } from '../inbox.js';
import { DispatchQueue } from './dispatch-queue.js';

const MANY = 200;

function queue(senders: () => number) {
  const clock = new ManualClock();
  const dispatched: string[] = [];
  const waiting = new DispatchQueue(({ inboxId }) => dispatched.push(inboxId), senders, clock);
  const receivedAt = clock.now();
  for (let n = 0; n < MANY; n++) waiting.add({ inboxId: `${n}`, receivedAt } as ReceivedEvent);
  return { clock, dispatched, waiting };
}

const turns = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

describe('accepted events', () => {
  it('have their turn in the order they came, after what is under way', async () => {
    const { dispatched } = queue(() => 10);
    expect(dispatched).toEqual([]);

    await until(() => dispatched.length === MANY);
    expect(dispatched).toEqual(Array.from({ length: MANY }, (_, n) => `${n}`));
  });

  it('wait while many senders do, but for a few whenever some of these are answered', async () => {
    let senders = 100;
    const { clock, dispatched, waiting } = queue(() => senders);
    await turns(50);
    expect(dispatched).toHaveLength(4);

    waiting.answering();
    await turns(50);
    expect(dispatched).toHaveLength(8);

    senders = 0;
    await clock.advance(20);
    await until(() => dispatched.length === MANY);
  });

  it('do not wait for senders that were answered and come again at once', async () => {
    let senders = 100;
    const { clock, dispatched, waiting } = queue(() => senders);
    await turns(5);
    senders = 0;
    await clock.advance(19);
    waiting.answering();
    await turns(50);
    expect(dispatched.length).toBeLessThan(20);

    await clock.advance(1);
    await until(() => dispatched.length === MANY);
  });

  it('do not wait for ever: after half a minute they have their turn all the same', async () => {
    const { clock, dispatched } = queue(() => 100);
    await clock.advance(30_001);

    await until(() => dispatched.length === MANY);
  });
});
