import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, type JsonValue, parseJson } from '../../platform/json/index.js';
import { startBody } from './body.js';
import { readPipeline } from './read-pipeline.js';

const bodyOf = (stored: JsonObject): JsonObject =>
  parseJson(startBody(readPipeline({ application: 'app', name: 'p', ...stored }))) as JsonObject;

describe('the body that orca gets', () => {
  it('has no null member at any depth, while lists keep theirs', () => {
    const body = bodyOf({
      stages: [{ type: 'wait', waitTime: null, context: { a: null, b: [null, { c: null }] } }],
      trigger: { type: 'webhook', parameters: { x: null, y: '' }, payload: {}, properties: null },
    });

    expect(body['stages']).toEqual([{ type: 'wait', context: { b: [null, {}] } }]);
    expect(body['trigger']).toMatchObject({ parameters: { y: '' }, payload: {} });
    expect(body['trigger']).not.toHaveProperty('properties');
  });

  it('never has a secret of a trigger', () => {
    const secret = 'geheim';

    const text = JSON.stringify(
      bodyOf({ triggers: [{ type: 'git', source: 'github', secret }], trigger: { type: 'git', slug: 's', secret } }),
    );

    expect(text).not.toContain(secret);
    expect(text).toContain('github');
  });

  it('leaves the pipeline itself as it was', () => {
    const pipeline = readPipeline({ application: 'app', name: 'p', triggers: [{ type: 'git', secret: 's' }] });

    startBody(pipeline);

    expect(pipeline.triggers?.[0]?.secret).toBe('s');
  });

  it('writes numbers as they were stored', () => {
    const pipeline = readPipeline(
      parseJson('{"application":"app","name":"p","stages":[{"a":1.0,"b":123456789012345678901234567890}]}'),
    );

    expect(startBody(pipeline)).toContain('"stages":[{"a":1.0,"b":123456789012345678901234567890}]');
  });

  it('has only what may be there, whatever a stage holds', () => {
    const isClean = (value: JsonValue | undefined): boolean => {
      if (Array.isArray(value)) return value.every((item) => item === null || isClean(item as JsonValue));
      return value !== null && (typeof value !== 'object' || Object.values(value).every(isClean));
    };

    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isClean(bodyOf({ stages: [{ value } as JsonObject] })['stages'])).toBe(true);
      }),
    );
  });
});
