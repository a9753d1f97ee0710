import { EventEmitter2 } from '@nestjs/event-emitter';
import { Counter, Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Bus, type ReceivedEvent } from '../../events/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import type { Headers } from '../../platform/signatures/index.js';
import { type Decision, eventDecided } from '../../pipelines/index.js';
import { deliveryKey } from './delivery-key.js';
import { MemoryDeliveries } from './memory/memory-deliveries.js';
import { type DeliveryOutcome, Redeliveries, type Taken } from './redeliveries.js';

let clock: ManualClock;
let bus: Bus;
let redeliveries: Redeliveries;
let taken: string[];

beforeEach(() => {
  clock = new ManualClock();
  bus = new Bus(new EventEmitter2());
  taken = [];
  redeliveries = start();
});

function start(): Redeliveries {
  const counter = new Counter({ name: 'repeated', help: 'repeated', registers: [new Registry()] });
  const made = new Redeliveries(bus, clock, new TestSettings(), new MemoryDeliveries(), counter);
  made.onModuleInit();
  return made;
}

const deliver = (inboxId: string, key = 'k'): Promise<DeliveryOutcome<Taken>> =>
  redeliveries.unlessRepeated(key, () => {
    taken.push(inboxId);
    return Promise.resolve({ inboxId, eventId: `event of ${inboxId}` });
  });

const received: ReceivedEvent = { event: { eventId: null }, identity: NOBODY, inboxId: '', receivedAt: 0 };

const subject = {
  handler: 'git',
  application: 'a',
  pipelineName: 'p',
  pipelineId: 'P',
  triggerId: 't',
  triggerType: 'git',
};
const submitted: Decision = { ...subject, kind: 'matched', start: { kind: 'submitted', executionId: 'X' } };
const suppressed: Decision = { ...subject, kind: 'matched', start: { kind: 'suppressed', by: 'orca.enabled' } };
const rejected: Decision = { ...subject, kind: 'rejected', rule: 'branch', expected: 'main', got: 'other' };

const decide = (inboxId: string, ...decisions: Decision[]): Promise<void> =>
  bus.publishAndWait(eventDecided, {
    inboxId,
    eventId: `event of ${inboxId}`,
    eventType: 'git',
    decisions,
    omitted: 0,
    unusable: [],
  });

describe('a delivery that comes again', () => {
  it('is dropped when the first had started something, with what that was', async () => {
    await deliver('1');
    await decide('1', rejected, submitted);

    expect(await deliver('2')).toEqual({
      kind: 'repeated',
      first: { key: 'k', eventId: 'event of 1', executionIds: ['X'], at: clock.now() },
    });
    expect(taken).toEqual(['1']);
  });

  it.each([
    ['nothing', []],
    ['rejections', [rejected]],
    ['a start that was held back', [suppressed]],
  ])('is taken when the first led to %s', async (_what, decisions) => {
    await deliver('1');
    await decide('1', ...decisions);

    expect(await deliver('2')).toMatchObject({ kind: 'taken' });
    expect(taken).toEqual(['1', '2']);
  });

  it('waits while the first is at work', async () => {
    await deliver('1');
    const second = deliver('2');
    const third = deliver('3');
    await decide('1', submitted);

    expect(await second).toMatchObject({ kind: 'repeated' });
    expect(await third).toMatchObject({ kind: 'repeated' });
    expect(taken).toEqual(['1']);
  });

  it('is taken when it has waited too long', async () => {
    await deliver('1');
    const second = deliver('2');
    await clock.advance(10_000);

    expect(await second).toMatchObject({ kind: 'taken' });
  });

  it('is taken when the first was not', async () => {
    const refused = redeliveries.unlessRepeated('k', () => Promise.reject(new Error('full')));
    await expect(refused).rejects.toThrow('full');

    expect(await deliver('2')).toMatchObject({ kind: 'taken' });
  });

  it('is taken after days', async () => {
    await deliver('1');
    await decide('1', submitted);
    await clock.advance(3 * 24 * 3_600_000 + 1);

    expect(await deliver('2')).toMatchObject({ kind: 'taken' });
  });

  it('is dropped where the first was taken by an instance that died, and this one went on with it', async () => {
    const headers: Headers[] = [];
    await redeliveries.unlessRepeated('k', (kept) => {
      headers.push(kept);
      return Promise.resolve({ inboxId: '1', eventId: 'E' });
    });
    const [privateHeaders = {}] = headers;
    const other = start();

    other.processEvent({ eventId: 'E' }, { ...received, inboxId: '1', privateHeaders });
    const second = other.unlessRepeated('k', () => expect.unreachable('it is not taken'));
    await decide('1', { ...subject, kind: 'matched', start: { kind: 'duplicate', executionId: 'X' } });

    expect(await second).toMatchObject({ kind: 'repeated', first: { executionIds: ['X'] } });
  });

  it('is another one where its key is', async () => {
    await deliver('1');
    await decide('1', submitted);

    expect(await deliver('2', 'other')).toMatchObject({ kind: 'taken' });
  });
});

describe('the key of a delivery', () => {
  const key = (headers: Record<string, string[]>, source = 's', body = '{}') =>
    deliveryKey({ type: 'git', source, headers, body }, ['X-A', 'x-b']);

  it('is made of the source, of the first header that is there, and of the body', () => {
    const first = key({ 'x-a': ['1'], 'x-b': ['2'] });

    expect(first).toMatch(/^[\w-]{43}$/);
    expect(key({ 'x-a': ['1'] })).toBe(first);
    const others = [
      key({ 'x-b': ['1'] }),
      key({ 'x-a': ['2'] }),
      key({ 'x-a': ['1'] }, 't'),
      key({ 'x-a': ['1'] }, 's', ''),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it('is none without such a header', () => {
    expect(key({ 'x-c': ['1'], 'x-a': [''] })).toBeUndefined();
  });
});
