import { describe, expect, it } from 'vitest';
import { TestSettings } from '../../../test/support/test-settings.js';
import { firedByAnother } from './hand-over.js';

const NINE = '2026-12-24T09:00:00Z';
const TEN = '2026-12-24T11:00:00+01:00';

/** Of the slots right before and right at nine and ten, the letters of those that this Echo fires. */
function ours(settings: Record<string, string>): string {
  const given = new TestSettings(settings);
  const slots = { a: Date.parse(NINE) - 1, b: Date.parse(NINE), c: Date.parse(TEN) - 1, d: Date.parse(TEN) };
  const fired = Object.entries(slots).filter(([, at]) => firedByAnother(at, given) === undefined);
  return fired.map(([letter]) => letter).join('');
}

describe('the slots that an Echo fires', () => {
  it.each([
    [{}, 'abcd'],
    [{ from: NINE }, 'bcd'],
    [{ until: TEN }, 'abc'],
    [{ from: NINE, until: TEN }, 'bc'],
    [{ from: TEN, until: NINE }, 'ad'],
    [{ from: NINE, until: NINE }, ''],
  ])('with %o', (span, expected) => {
    const settings = Object.entries(span).map(([name, instant]) => [`scheduler.triggers.${name}`, instant]);
    expect(ours(Object.fromEntries(settings) as Record<string, string>)).toBe(expected);
  });

  it('are the others of those that another one fires which is told the opposite', () => {
    const [here, there] = [ours({ 'scheduler.triggers.from': NINE }), ours({ 'scheduler.triggers.until': NINE })];
    expect([...here, ...there].sort().join('')).toBe('abcd');
  });

  it('are told with the setting that says so', () => {
    const settings = new TestSettings({ 'scheduler.triggers.from': NINE, 'scheduler.triggers.until': TEN });

    expect(firedByAnother(0, settings)).toBe(`another Echo fires this slot: scheduler.triggers.from is ${NINE}`);
    expect(firedByAnother(Date.parse(TEN), settings)).toBe(
      `another Echo fires this slot: scheduler.triggers.until is ${TEN}`,
    );
  });
});
