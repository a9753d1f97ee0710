import { EventEmitter2 } from '@nestjs/event-emitter';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { Bus } from '../events/index.js';
import { type EventDecided, eventDecided } from '../pipelines/index.js';
import { DecisionLog } from './decision-log.js';

let bus: Bus;
let clock: ManualClock;
let log: DecisionLog;

beforeEach(() => {
  bus = new Bus(new EventEmitter2());
  clock = new ManualClock(1000);
  log = new DecisionLog(bus, clock, new TestSettings({ 'decisions.memory.capacity': 3 }));
  log.onModuleInit();
});

function decided(inboxId: string, more: Partial<EventDecided> = {}): EventDecided {
  const subject = {
    handler: 'webhook',
    application: 'app',
    pipelineName: 'p',
    pipelineId: 'P',
    triggerId: 'T',
    triggerType: 'webhook',
  };
  const decision = { ...subject, kind: 'rejected', rule: 'tag', expected: 'a', got: 'b' } as const;
  const event = { inboxId, eventId: `sent-${inboxId}`, eventType: 'webhook', decisions: [decision], omitted: 0 };
  const whole: EventDecided = { ...event, unusable: [], ...more };
  bus.publish(eventDecided, whole);
  return whole;
}

describe('the log of decisions', () => {
  it("knows an event by the sender's id and by Echo's", () => {
    const event = decided('A');

    expect(log.ofEvent('sent-A')).toEqual([event]);
    expect(log.ofEvent('A')).toEqual([event]);
    expect(log.ofEvent('B')).toEqual([]);
  });

  it('has all events of one id, newest first', () => {
    const [first, second] = [decided('A', { eventId: 'same' }), decided('B', { eventId: 'same' })];

    expect(log.ofEvent('same')).toEqual([second, first]);
  });

  it('keeps so many events and lets the oldest go', () => {
    for (const id of ['A', 'B', 'C', 'D']) decided(id);

    expect(log.ofEvent('A')).toEqual([]);
    expect(log.ofEvent('B')).toHaveLength(1);
    expect(log.ofPipeline('P', 0).map(({ inboxId }) => inboxId)).toEqual(['D', 'C', 'B']);
  });

  it('gives no room to events that nothing waited for, but to those that could not be used', () => {
    decided('A');
    for (const id of ['B', 'C', 'D']) decided(id, { decisions: [] });
    const odd = decided('E', { decisions: [], unusable: [{ handler: 'git', reason: 'no content' }] });

    expect(log.ofEvent('A')).toHaveLength(1);
    expect(log.ofEvent('B')).toEqual([]);
    expect(log.ofEvent('E')).toEqual([odd]);
  });

  it('tells of one pipeline what was decided since an instant', async () => {
    decided('A');
    await clock.advance(500);
    decided('B');

    expect(log.ofPipeline('P', 1001)).toMatchObject([{ inboxId: 'B', at: '1970-01-01T00:00:01.500Z', rule: 'tag' }]);
    expect(log.ofPipeline('other', 0)).toEqual([]);
  });
});
