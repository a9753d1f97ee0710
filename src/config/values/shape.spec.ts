import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setting } from '../../platform/settings/index.js';
import { entryOf } from '../entry.js';
import { segmentsOf } from '../key.js';
import { Fitting } from './fit.js';
import { shapeOf } from './shape.js';

function fitted(schema: z.ZodType, written: Record<string, string>): unknown {
  const entries = Object.entries(written).map(([key, text]) =>
    entryOf(segmentsOf(key), text, { kind: 'variable', name: key }),
  );
  return new Fitting(({ leaf }) => String(leaf)).fit(entries, 0, shapeOf(schema));
}

describe('fitting what is written to a schema', () => {
  it("gives members the schema's spelling through optional, default, union and preprocess", () => {
    const inner = z.object({ queueArn: z.string().optional(), waitSeconds: z.number().default(5) });
    const schema = z.preprocess(
      (value) => value,
      z.array(z.union([inner, z.object({ topicName: z.string() })])).optional(),
    );

    expect(fitted(schema, { '[0].queue-arn': 'a', '[0].WAITSECONDS': '7', '[1].topic_name': 'b' })).toEqual([
      { queueArn: 'a', waitSeconds: 7 },
      { topicName: 'b' },
    ]);
  });

  it('keeps free names as written, with their dots where only a text can follow', () => {
    expect(fitted(z.record(z.string(), z.string()), { 'mail.smtp.auth': 'true', 'X-Test': '1' })).toEqual({
      'mail.smtp.auth': 'true',
      'X-Test': '1',
    });
    expect(fitted(z.record(z.string(), z.object({ maxSize: z.number() })), { 'My-Event.max-size': '3' })).toEqual({
      'My-Event': { maxSize: 3 },
    });
  });

  it('splits a text with commas where a list of plain values is needed', () => {
    expect(
      fitted(z.object({ when: z.array(z.string()), counts: z.array(z.number()) }), { when: 'a, b', counts: '1,2' }),
    ).toEqual({
      when: ['a', 'b'],
      counts: [1, 2],
    });
  });

  it('leaves gaps in a list for the schema to refuse', () => {
    expect(fitted(z.array(z.object({ url: z.string() })), { '[1].url': 'x' })).toEqual([undefined, { url: 'x' }]);
  });

  it('leaves alone what it does not know', () => {
    expect(fitted(z.unknown(), { 'a.B-c': '1', 'a.d[0]': 'x' })).toEqual({ a: { 'B-c': '1', d: ['x'] } });
    expect(fitted(setting.flag('x', { description: '' }).schema, { 'a.b': '1' })).toEqual({ a: { b: '1' } });
  });
});
