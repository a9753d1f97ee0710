import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../test/support/test-settings.js';
import { Timetable } from './timetable.js';

const noon = { expression: '0 0 12 * * ?', timeZone: 'UTC' };
const at = (text: string): number => Date.parse(text);

describe('the timetable', () => {
  const timetable = new Timetable(new TestSettings());

  it('has a trigger that is made within the second of a slot due in that slot', () => {
    expect(timetable.first(noon, at('2024-01-15T12:00:00.700Z'))).toBe(at('2024-01-15T12:00:00Z'));
    expect(timetable.first(noon, at('2024-01-15T12:00:01.000Z'))).toBe(at('2024-01-16T12:00:00Z'));
  });

  it('has the next slot strictly after the last', () => {
    expect(timetable.next(noon, at('2024-01-15T12:00:00Z'))).toBe(at('2024-01-16T12:00:00Z'));
  });

  it('has none for what is never due, or is no expression', () => {
    expect(timetable.next({ ...noon, expression: '0 0 12 * * ? 1995' }, 0)).toBe(at('1995-01-01T12:00:00Z'));
    expect(timetable.next({ ...noon, expression: '0 0 12 * * ? 1995' }, at('2024-01-15T12:00:00Z'))).toBeUndefined();
    expect(timetable.next({ ...noon, expression: 'nonsense' }, 0)).toBeUndefined();
  });

  it('takes an unknown zone for GMT, and none for that of the configuration', () => {
    expect(timetable.zone('Mars/Base').id).toBe('GMT');
    expect(timetable.zone().id).toBe('America/Los_Angeles');
  });

  it('runs a time in the gap only under the fixed policy', () => {
    const inTheGap = { expression: '0 30 2 * * ?', timeZone: 'America/Los_Angeles' };
    const before = at('2026-03-08T00:00:00-08:00');

    expect(timetable.next(inTheGap, before)).toBe(at('2026-03-09T02:30:00-07:00'));
    const fixed = new Timetable(new TestSettings({ 'scheduler.cron.dstPolicy': 'fixed' }));
    expect(fixed.next(inTheGap, before)).toBe(at('2026-03-08T03:00:00-07:00'));
  });
});
