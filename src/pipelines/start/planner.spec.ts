import { beforeEach, describe, expect, it } from 'vitest';
import { RecordedLog } from '../../../test/support/recorded-log.js';
import type { OrcaClient } from '../../clients/index.js';
import { type JsonObject, parseJson } from '../../platform/json/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import { Planner } from './planner.js';

const identity = { headers: { 'x-spinnaker-user': 'anonymous' } };
const stored = { application: 'app', name: 'Tpl', id: 'T', respectQuietPeriod: true, trigger: { type: 'webhook' } };
const template = readPipeline({ ...stored, type: 'templatedPipeline' });

let asked: JsonObject[];
let answer: () => Promise<JsonObject>;
let log: RecordedLog;

const planner = (): Planner =>
  new Planner({
    plan: (body: string, who: unknown) => {
      expect(who).toBe(identity);
      asked.push(parseJson(body) as JsonObject);
      return answer();
    },
  } as unknown as OrcaClient);

beforeEach(() => {
  log = RecordedLog.start();
  asked = [];
  answer = () => Promise.reject(new Error('orca answered 500'));
});

describe('planning a start', () => {
  it.each([undefined, 'pipeline', 'TemplatedPipeline'])(
    'is nothing for type %s (core.md §10, tests 30, 32)',
    async (type) => {
      const pipeline = readPipeline({ ...stored, ...(type !== undefined && { type }) });

      expect(await planner().plan(pipeline, identity)).toBe(pipeline);
      expect(asked).toEqual([]);
    },
  );

  it('sends what orca makes of a template, and only that (test 31)', async () => {
    answer = () =>
      Promise.resolve({
        application: 'app',
        name: 'Tpl',
        stages: [{ type: 'wait' }],
        trigger: { type: 'x' },
        errors: [],
      });

    const planned = await planner().plan(template, identity);

    expect(asked).toMatchObject([{ plan: true, type: 'templatedPipeline', trigger: { type: 'webhook' } }]);
    expect(planned).toMatchObject({ stages: [{ type: 'wait' }], trigger: { type: 'x' }, plan: false });
    expect(planned.respectQuietPeriod).toBe(false);
    expect(planned).not.toHaveProperty('type');
    expect(planned).not.toHaveProperty('errors');
  });

  it('leaves the triggers of the answer the ids that they have', async () => {
    const triggers = [{ id: 'as planned', type: 'webhook' }];
    answer = () => Promise.resolve({ application: 'app', name: 'Tpl', triggers });

    expect((await planner().plan(template, identity)).triggers).toMatchObject(triggers);
  });

  it('keeps the execution id that the caller chose where the answer has none', async () => {
    answer = () => Promise.resolve({ application: 'app', name: 'Tpl' });

    expect((await planner().plan({ ...template, executionId: 'X' }, identity)).executionId).toBe('X');
  });

  it('keeps the trigger where the answer has none', async () => {
    answer = () => Promise.resolve({ application: 'app', name: 'Tpl' });

    expect((await planner().plan(template, identity)).trigger).toEqual(template.trigger);
  });

  it.each([
    ['cannot plan', () => Promise.reject(new Error('no such template'))],
    ['answers no pipeline', () => Promise.resolve({ message: 'what?' })],
  ])('leaves the template as it is when orca %s, so that its start fails visibly', async (_why, reply) => {
    answer = reply;

    expect(await planner().plan(template, identity)).toEqual({ ...template, plan: false, stages: [] });
    expect(log.at('error')[0]).toMatch(/^Could not plan app:Tpl \(T\), starting it unplanned: /);
  });

  it('keeps the stages that an unplanned template has', async () => {
    const stages = [{ type: 'wait' }];

    expect((await planner().plan({ ...template, stages }, identity)).stages).toBe(stages);
  });
});
