import { describe, expect, it } from 'vitest';
import { type JsonValue, parseJson } from '../../platform/json/index.js';
import { readPipeline, readTrigger } from './read-pipeline.js';

const BARE = { application: 'app', name: 'Deploy' };
const given = (more: Record<string, JsonValue>) => readPipeline({ ...BARE, ...more });

/** What every pipeline has, whether or not it was stored. */
const DEFAULTS = {
  parallel: false,
  disabled: false,
  limitConcurrent: false,
  maxConcurrentExecutions: 0,
  keepWaitingPipelines: false,
  plan: false,
  respectQuietPeriod: false,
};

describe('a stored pipeline', () => {
  it('has its flags and its count, and nothing else that was not given', () => {
    expect(readPipeline(BARE)).toEqual({ ...BARE, ...DEFAULTS });
  });

  it('keeps what Echo knows and drops the rest', () => {
    const known = {
      id: 'p1',
      stages: [{ type: 'wait', waitTime: 5 }],
      notifications: [{ type: 'email' }],
      templateVariables: { v: 1 },
      parameterConfig: [{ name: 'x' }],
      source: { id: 't', version: 'v1' },
      template: 'any shape',
      appConfig: [1],
    };

    const pipeline = given({ ...known, index: 0, lastModifiedBy: 'joe', roles: ['x'], locked: { ui: true } });

    expect(pipeline).toEqual({ ...BARE, ...DEFAULTS, ...known });
  });

  it.each([
    [{ disabled: 'true' }, { disabled: true }],
    [{ disabled: 'TRUE' }, { disabled: true }],
    [{ disabled: 'False' }, { disabled: false }],
    [{ disabled: '' }, { disabled: false }],
    [{ disabled: null }, { disabled: false }],
    [{ maxConcurrentExecutions: '3' }, { maxConcurrentExecutions: 3 }],
    [{ maxConcurrentExecutions: '' }, { maxConcurrentExecutions: 0 }],
    [{ maxConcurrentExecutions: null }, { maxConcurrentExecutions: 0 }],
    [{ id: 5 }, { id: '5' }],
    [{ spelEvaluator: true }, { spelEvaluator: 'true' }],
    [{ source: { version: 2 } }, { source: { version: '2' } }],
    [{ stages: [null, { a: null }] }, { stages: [null, { a: null }] }],
    [{ triggers: [{ parsedRequires: [null] }] }, { triggers: [{ parsedRequires: [null] }] }],
  ])('takes %j as %j', (stored, read) => {
    expect(given(stored)).toMatchObject(read);
  });

  it.each([
    [{ disabled: 'yes' }, "disabled: expected true or false, got 'yes'"],
    [{ config: 'x' }, "config: expected an object, got 'x'"],
    [{ stages: {} }, 'stages: expected a list, got an object'],
    [{ stages: [{}, 1] }, 'stages[1]: expected an object, got 1'],
    [{ triggers: {} }, 'triggers: expected a list, got an object'],
    [{ trigger: { parameters: [] } }, 'trigger.parameters: expected an object, got a list'],
    [{ expectedArtifacts: [1] }, 'expectedArtifacts[0]: expected an object, got 1'],
    [{ application: null }, 'application: expected a text, got nothing'],
    [{ name: {} }, 'name: expected a text, got an object'],
  ])('is refused with %j, naming the member', (stored, message) => {
    expect(() => given(stored)).toThrow(message);
  });

  it.each([null, [], 'x', 7])('is not %j', (value) => {
    expect(() => readPipeline(value)).toThrow('expected an object');
  });

  it('reads its artifacts', () => {
    const pipeline = given({
      expectedArtifacts: [{ id: 'ea', displayName: 'image', matchArtifact: { type: 'docker/image', kind: 'docker' } }],
      receivedArtifacts: [{ name: 'n', extra: 1 }],
    });

    expect(pipeline.expectedArtifacts).toEqual([
      {
        id: 'ea',
        matchArtifact: { type: 'docker/image', customKind: false, metadata: {} },
        usePriorArtifact: false,
        useDefaultArtifact: false,
      },
    ]);
    expect(pipeline.receivedArtifacts).toEqual([{ name: 'n', customKind: false, metadata: { extra: 1 } }]);
  });

  it('does not let a member called __proto__ reach a prototype', () => {
    const stored = parseJson(
      '{"application":"app","name":"p","__proto__":{"disabled":true},"templateVariables":{"__proto__":{"a":1}},' +
        '"triggers":[{"type":"webhook","__proto__":{"enabled":true}}]}',
    );

    const pipeline = readPipeline(stored);

    expect(pipeline.disabled).toBe(false);
    expect(pipeline.triggers?.[0]?.enabled).toBe(false);
    expect(Object.keys(pipeline.templateVariables ?? {})).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('the schema of a pipeline', () => {
  const schemaOf = (text: string): string | undefined =>
    readPipeline(parseJson(`{"application":"app","name":"p",${text}}`)).schema;

  it('is its own where it has no config', () => {
    expect(schemaOf('"schema":"v2"')).toBe('v2');
    expect(schemaOf('"schema":"v2","config":null')).toBe('v2');
  });

  it('is the one of the config that comes after it, even when that has none', () => {
    expect(schemaOf('"schema":"v2","config":{"schema":"1"}')).toBe('1');
    expect(schemaOf('"schema":"v2","config":{}')).toBeUndefined();
  });

  it('is its own where it comes after the config', () => {
    expect(schemaOf('"config":{"schema":"1"},"schema":"v2"')).toBe('v2');
  });
});

describe('the triggers of a pipeline', () => {
  it('have an id of their own, whatever was stored', () => {
    const [trigger] = given({ triggers: [{ type: 'cron', id: 'stored' }] }).triggers ?? [];

    expect(trigger?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-3[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('stay empty where they were empty', () => {
    expect(given({ triggers: [] }).triggers).toEqual([]);
  });

  it('are off unless they say otherwise, and keep only what Echo knows', () => {
    expect(readTrigger({ type: 'docker', tag: 5, inherited: true, status: ['successful', null] })).toEqual({
      type: 'docker',
      tag: '5',
      status: ['successful', null],
      enabled: false,
      preferred: false,
      rebake: false,
      dryRun: false,
    });
  });

  it('have a build number only where there is one', () => {
    expect(readTrigger({ buildNumber: '7' }).buildNumber).toBe(7);
    expect(readTrigger({ buildNumber: '' })).not.toHaveProperty('buildNumber');
  });

  it('are left out alone when they cannot be read', () => {
    const faults: string[] = [];
    const stored = [null, { type: 'cron' }, { type: 'webhook', parameters: [] }, 'x', { type: 'docker' }];

    const pipeline = readPipeline({ ...BARE, triggers: stored }, faults);

    expect(pipeline.triggers?.map(({ type }) => type)).toEqual(['cron', 'docker']);
    expect(faults).toEqual([
      'triggers[0]: expected an object, got null',
      'triggers[2].parameters: expected an object, got a list',
      "triggers[3]: expected an object, got 'x'",
    ]);
  });
});
