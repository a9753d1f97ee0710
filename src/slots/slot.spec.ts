import { describe, expect, it } from 'vitest';
import type { CronTrigger } from './cron-trigger.js';
import { slotEventId, slotKey } from './slot.js';

const trigger: CronTrigger = {
  key: 't',
  group: 'pipeline',
  id: 't',
  application: 'app',
  pipelineId: 'P',
  cronExpression: '0 0 12 * * ?',
  expression: '0 0 12 * * ?',
  timeZone: 'UTC',
  rebake: false,
};

describe('a slot', () => {
  it('is known by pipeline, trigger, zone and instant, whatever else of the trigger is edited', () => {
    const key = slotKey({ trigger, at: 1000 });

    expect(slotKey({ trigger: { ...trigger, rebake: true, parameters: { a: 'b' } }, at: 1000 })).toBe(key);
    const others = [{ pipelineId: 'Q' }, { key: 't~1' }, { timeZone: 'Asia/Tokyo' }];
    const keys = others.map((more) => slotKey({ trigger: { ...trigger, ...more }, at: 1000 }));
    expect(new Set([key, slotKey({ trigger, at: 2000 }), ...keys]).size).toBe(5);
  });

  it('has an event id that looks like any other and is always the same', () => {
    const id = slotEventId({ trigger, at: 1000 });

    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(slotEventId({ trigger, at: 1000 })).toBe(id);
    expect(slotEventId({ trigger, at: 2000 })).not.toBe(id);
  });
});
