import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type JsonObject, parseJson } from '../../platform/json/index.js';
import { readPipeline, readTrigger } from './read-pipeline.js';
import { identifyingText, triggerId } from './trigger-id.js';

/** Recorded from the original: the text that is hashed, and the id. */
interface Row {
  readonly pipeline: { readonly application: string; readonly name: string; readonly id?: string };
  readonly trigger: JsonObject;
  readonly toString: string;
  readonly id: string;
}

const recorded = new URL('../../../test/vectors/trigger-id.jsonl', import.meta.url);
const ROWS = readFileSync(recorded, 'utf8')
  .trim()
  .split('\n')
  .map((line) => parseJson(line) as unknown as Row);

describe('the id of a trigger', () => {
  it.each(ROWS)('is $id, as the original derives it', ({ pipeline, trigger, toString: text, id }) => {
    expect(identifyingText(readTrigger(trigger), pipeline)).toBe(text);
    expect(triggerId(readTrigger(trigger), pipeline)).toBe(id);
    expect(readPipeline({ ...pipeline, triggers: [trigger] }).triggers?.[0]?.id).toBe(id);
  });

  it('is made of UTF-8 bytes', () => {
    const pipeline = { application: 'whc-unicode', name: 'whc-unicode-pipe', id: 'whc-unicode-id' };
    const trigger = readTrigger({
      enabled: true,
      type: 'webhook',
      source: 'whc-unicode',
      payloadConstraints: { ключ: 'é' },
    });

    expect(triggerId(trigger, pipeline)).toBe('f5096a77-5d31-3840-bed9-5db07d7d3f18');
  });

  it('keeps numbers and the order of members as they were written', () => {
    const trigger = readTrigger(parseJson('{"parameters":{"b":1.50,"2":1e10,"a":12345678901234567890}}'));

    const text = identifyingText(trigger, { application: 'app', name: 'p' });

    expect(text).toContain('{b=1.5, 2=1.0E10, a=12345678901234567890}');
  });

  it('depends on the id that was stored', () => {
    const parent = { application: 'app', name: 'p', id: '1' };
    const ids = [{ type: 'cron' }, { type: 'cron', id: 'a' }, { type: 'cron', id: 'b' }].map((trigger) =>
      triggerId(readTrigger(trigger), parent),
    );

    expect(new Set(ids).size).toBe(3);
  });

  it.each([{ enabled: true }, { events: ['push'] }, { secret: 's' }, { organization: 'o' }, { registry: 'r' }])(
    'does not depend on %j',
    (more) => {
      const parent = { application: 'app', name: 'p', id: '1' };
      const trigger = { type: 'docker', account: 'a', repository: 'r' };

      expect(triggerId(readTrigger({ ...trigger, ...more }), parent)).toBe(triggerId(readTrigger(trigger), parent));
    },
  );
});
