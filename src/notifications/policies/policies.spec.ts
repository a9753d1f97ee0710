import { describe, expect, it } from 'vitest';
import { digestOf } from './digest-rules.js';
import { endOfQuiet } from './quiet-hours.js';
import { silencedBy } from './silences.js';

const at = (text: string): number => Date.parse(text);

describe('a silence', () => {
  const silence = { application: 'shop', until: '2026-03-01T12:00:00Z', reason: 'moving house' };
  const intended = { application: 'shop', channel: 'slack', address: '#a' };

  it('holds until its end, for what it names', () => {
    const now = at('2026-03-01T11:59:59Z');
    expect(silencedBy([silence], intended, now)).toBe('silenced until 2026-03-01T12:00:00Z: moving house');
    expect(silencedBy([silence], { ...intended, application: 'other' }, now)).toBeUndefined();
    expect(silencedBy([{ ...silence, address: '#b' }], intended, now)).toBeUndefined();
    expect(silencedBy([{ ...silence, channel: 'slack' }], intended, now)).toBeDefined();
    expect(silencedBy([silence], intended, at('2026-03-01T12:00:00Z'))).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const night = {
    from: '22:00',
    to: '07:00',
    timezone: 'Europe/Berlin',
    channels: ['sms'],
    except: ['pipeline.failed'],
  };
  const sms = { channel: 'sms', moment: 'pipeline.complete' };

  it.each([
    ['2026-01-10T20:59:59Z', undefined],
    ['2026-01-10T21:00:30Z', '2026-01-11T06:00:00Z'],
    ['2026-01-11T05:59:59Z', '2026-01-11T06:00:00Z'],
    ['2026-01-11T06:00:00Z', undefined],
  ])('at %s end at %s', (now, end) => {
    expect(endOfQuiet([night], sms, at(now))).toBe(end && at(end));
  });

  it('hold neither for other channels nor for moments that are let through', () => {
    const now = at('2026-01-10T23:00:00Z');
    expect(endOfQuiet([night], { ...sms, channel: 'slack' }, now)).toBeUndefined();
    expect(endOfQuiet([night], { ...sms, moment: 'pipeline.failed' }, now)).toBeUndefined();
    expect(endOfQuiet([{ ...night, channels: [] }], { ...sms, channel: 'slack' }, now)).toBeDefined();
  });
});

describe('a digest', () => {
  const rule = { channel: 'slack', address: '#a', window: 600_000, except: ['pipeline.failed'] };
  const intended = { channel: 'slack', address: '#a', moment: 'pipeline.complete' };
  const never = (): undefined => undefined;

  it.each(['2026-03-01T12:00:00Z', '2026-03-01T12:09:59Z'])('gathers what comes at %s until ten past', (now) => {
    expect(digestOf([rule], intended, at(now), never)).toEqual({
      key: `slack/#a/${at('2026-03-01T12:10:00Z')}`,
      channel: 'slack',
      address: '#a',
      from: at('2026-03-01T12:00:00Z'),
      due: at('2026-03-01T12:10:00Z'),
    });
  });

  it('waits for the end of quiet hours, and is one for all of them', () => {
    const morning = at('2026-03-01T07:00:00Z');
    const [evening, night] = ['2026-02-28T22:05:00Z', '2026-03-01T03:05:00Z'].map((now) =>
      digestOf([rule], intended, at(now), () => morning),
    );
    expect([evening?.due, night?.due]).toEqual([morning, morning]);
    expect(evening?.key).toBe(night?.key);
  });

  it('leaves alone what no rule means', () => {
    const now = at('2026-03-01T12:00:00Z');
    expect(digestOf([rule], { ...intended, address: '#b' }, now, never)).toBeUndefined();
    expect(digestOf([rule], { ...intended, channel: 'sms' }, now, never)).toBeUndefined();
    expect(digestOf([rule], { ...intended, moment: 'pipeline.failed' }, now, never)).toBeUndefined();
    expect(digestOf([{ ...rule, window: 0 }], intended, now, never)).toBeUndefined();
  });
});
