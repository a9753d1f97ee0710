import { describe, expect, it } from 'vitest';
import { type Setting, setting } from './index.js';

const made = { description: 'x' };
const read = (one: Setting<unknown>, value: unknown): unknown => one.schema.safeParse(value).data;

describe('the values of a setting', () => {
  it.each([
    ['true', true],
    [' Yes ', true],
    ['on', true],
    ['1', true],
    [true, true],
    ['FALSE', false],
    ['no', false],
    ['off', false],
    ['0', false],
    ['perhaps', undefined],
    ['', undefined],
    ['constructor', undefined],
    [2, undefined],
  ])('flag: %o is %o', (value, expected) => {
    expect(read(setting.flag('k', made), value)).toBe(expected);
  });

  it.each([
    ['30000', 30_000],
    [5, 5],
    ['500ms', 500],
    ['30 s', 30_000],
    ['5M', 300_000],
    ['12h', 43_200_000],
    ['1d', 86_400_000],
    ['-1', undefined],
    ['1.5s', undefined],
    ['3 weeks', undefined],
    ['', undefined],
  ])('millis: %o is %o', (value, expected) => {
    expect(read(setting.millis('k', made), value)).toBe(expected);
  });

  it.each([
    ['2026-12-24T18:00:00Z', '2026-12-24T18:00:00Z'],
    ['2026-12-24T18:00:00.5+01:00', '2026-12-24T18:00:00.5+01:00'],
    ['2026-12-24T18:00:00', undefined],
    ['2026-12-24', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['tomorrow', undefined],
    [1_800_000_000_000, undefined],
  ])('instant: %o is %o', (value, expected) => {
    expect(read(setting.instant('k', made), value)).toBe(expected);
  });

  it.each([
    ['67108864', 67_108_864],
    ['64MB', 67_108_864],
    ['1kb', 1024],
    ['2GB', 2_147_483_648],
    ['10B', 10],
    ['10 parsecs', undefined],
  ])('bytes: %o is %o', (value, expected) => {
    expect(read(setting.bytes('k', made), value)).toBe(expected);
  });

  it.each([
    ['http://orca:8083/', 'http://orca:8083/'],
    ['orca:8083', undefined],
    ['/orca', undefined],
    ['ftp://orca', undefined],
  ])('url: %o is %o', (value, expected) => {
    expect(read(setting.url('k', made), value)).toBe(expected);
  });

  it('choice: ignores case', () => {
    const level = setting.choice('k', ['info', 'warn'], { ...made, default: 'info' });

    expect([read(level, 'WARN'), read(level, 'loud')]).toEqual(['warn', undefined]);
  });

  it('texts: takes a list, or a text with commas', () => {
    const list = setting.texts('k', { ...made, default: [] });

    expect([read(list, 'a, b,'), read(list, ['a', 1])]).toEqual([
      ['a', 'b'],
      ['a', '1'],
    ]);
  });
});
