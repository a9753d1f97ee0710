import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../platform/json/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import type { Pipeline, Trigger } from '../model/pipeline.js';
import { startIds, startKey } from './start-identity.js';

const pipelineWith = (trigger: JsonObject, more: JsonObject = {}): Pipeline =>
  readPipeline({ application: 'app', name: 'p', id: 'P', trigger, ...more });

const keyWith = (trigger: JsonObject, reason = 'I', more: JsonObject = {}): string =>
  startKey({ reason, pipeline: pipelineWith(trigger, more) });

/** Triggers as events fill them. */
const triggers = fc.record({
  type: fc.constantFrom('webhook', 'docker', 'git'),
  enabled: fc.boolean(),
  source: fc.string(),
  tag: fc.string(),
  parameters: fc.dictionary(fc.string(), fc.jsonValue()),
}) as fc.Arbitrary<JsonObject>;

describe('the key of a start', () => {
  it('is the same for the same reason, pipeline and trigger', () => {
    fc.assert(
      fc.property(triggers, (trigger) => {
        expect(keyWith(trigger)).toBe(keyWith(trigger));
      }),
    );
  });

  it('is the same for two triggers that differ in their id only', () => {
    fc.assert(
      fc.property(triggers, fc.string(), fc.string(), (trigger, one, other) => {
        expect(keyWith({ ...trigger, id: one })).toBe(keyWith({ ...trigger, id: other }));
      }),
    );
  });

  it('does not depend on the order in which a trigger was filled in', () => {
    fc.assert(
      fc.property(triggers, (trigger) => {
        const pipeline = pipelineWith(trigger);
        const turned = Object.fromEntries(Object.entries(pipeline.trigger ?? {}).reverse()) as unknown as Trigger;

        expect(startKey({ reason: 'I', pipeline: { ...pipeline, trigger: turned } })).toBe(keyWith(trigger));
      }),
    );
  });

  it('is another one for a trigger that differs in anything else', () => {
    fc.assert(
      fc.property(triggers, triggers, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(keyWith(one)).not.toBe(keyWith(other));
      }),
    );
  });

  it('is another one for another reason, and for another pipeline', () => {
    const trigger = { type: 'webhook' };

    const keys = [
      keyWith(trigger),
      keyWith(trigger, 'J'),
      keyWith(trigger, 'I', { id: 'Q' }),
      keyWith(trigger, 'I', { id: null }),
      keyWith(trigger, 'I', { id: null, name: 'q' }),
    ];

    expect(new Set(keys).size).toBe(5);
  });

  it('does not depend on what else the pipeline has', () => {
    expect(keyWith({ type: 'webhook' }, 'I', { stages: [{ type: 'wait' }] })).toBe(keyWith({ type: 'webhook' }));
  });

  it('exists for a pipeline without a trigger', () => {
    const pipeline = readPipeline({ application: 'app', name: 'p', id: 'P' });

    expect(startKey({ reason: 'I', pipeline })).toBe('I/P/');
  });
});

describe('the ids of a start', () => {
  const instants = fc.nat({ max: 4_000_000_000_000 });

  it('are the same for the same key, instant and attempt', () => {
    fc.assert(
      fc.property(fc.string(), instants, fc.nat(), (key, at, attempt) => {
        expect(startIds(key, at, attempt)).toEqual(startIds(key, at, attempt));
      }),
    );
  });

  it('have the form that orca keeps as it is', () => {
    fc.assert(
      fc.property(fc.string(), instants, fc.nat(), (key, at, attempt) => {
        const { executionId, correlationId } = startIds(key, at, attempt);
        expect(executionId).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
        expect(correlationId).toMatch(/^echo-[0-9a-f]{32}$/);
      }),
    );
  });

  it('are others for another key and for another attempt', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), instants, fc.nat(), (key, other, at, attempt) => {
        fc.pre(key !== other);
        const ids = [startIds(key, at, attempt), startIds(other, at, attempt), startIds(key, at, attempt + 1)];
        expect(new Set(ids.map(({ executionId }) => executionId)).size).toBe(3);
        expect(new Set(ids.map(({ correlationId }) => correlationId)).size).toBe(3);
      }),
    );
  });

  it('sort by the instant', () => {
    fc.assert(
      fc.property(fc.string(), instants, fc.nat({ max: 1_000_000 }), (key, at, later) => {
        const [first, second] = [startIds(key, at, 0), startIds(key, at + later + 1, 0)];
        expect(first.executionId < second.executionId).toBe(true);
      }),
    );
  });
});
