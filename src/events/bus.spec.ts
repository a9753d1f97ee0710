import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../test/support/recorded-log.js';
import { Bus, fact } from './index.js';

const happened = fact<number>('something.happened', { description: 'x', publisher: 'test', subscribers: [] });
const other = fact<number>('something.else', { description: 'x', publisher: 'test', subscribers: [] });

let log: RecordedLog;
let bus: Bus;
let seen: string[];

beforeEach(() => {
  log = RecordedLog.start();
  bus = new Bus(new EventEmitter2());
  seen = [];
});

const note =
  (who: string) =>
  (payload: number): void =>
    void seen.push(`${who} ${payload}`);

describe('the bus', () => {
  it('tells every subscriber of a fact, in the order in which they subscribed', () => {
    bus.subscribe(happened, 'a', note('a'));
    bus.subscribe(happened, 'b', note('b'));
    bus.subscribe(other, 'c', note('c'));

    bus.publish(happened, 1);

    expect(seen).toEqual(['a 1', 'b 1']);
  });

  it('does nothing where nobody listens', async () => {
    bus.publish(happened, 1);

    await expect(bus.publishAndWait(happened, 1)).resolves.toBeUndefined();
  });

  it('can wait until all subscribers have finished', async () => {
    let finish: () => void = () => undefined;
    let done = false;
    bus.subscribe(happened, 'slow', () => new Promise<void>((resolve) => (finish = resolve)));
    bus.subscribe(happened, 'quick', note('quick'));

    const all = bus.publishAndWait(happened, 1).then(() => (done = true));
    await Promise.resolve();
    expect([seen, done]).toEqual([['quick 1'], false]);

    finish();
    await all;
    expect(done).toBe(true);
  });

  it.each<[string, () => void | Promise<void>]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('lets no subscriber that %s hinder another or the publisher', async (_how, fail) => {
    bus.subscribe(happened, 'faulty', fail);
    bus.subscribe(happened, 'sound', note('sound'));

    bus.publish(happened, 1);
    await bus.publishAndWait(happened, 2);

    expect(seen).toEqual(['sound 1', 'sound 2']);
    expect(log.at('error')).toEqual(Array(2).fill("faulty failed on 'something.happened': no"));
  });
});
