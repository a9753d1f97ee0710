import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { type PipelineCache, readPipeline } from '../pipelines/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { executionData } from './execution-data.js';
import { Statistics } from './statistics.js';
import { WORDS, wordOf } from './words.js';

const SET = { 'stats.instanceId': 'myInstanceId', 'stats.spinnakerVersion': '1.2.3' };

function statistics(settings: object = SET, applications: readonly string[] = []): Statistics {
  const pipelines = applications.map((application) => readPipeline({ application, name: 'p' }));
  const cache = { snapshot: () => ({ pipelines }) } as unknown as PipelineCache;
  return new Statistics(new TestSettings({ ...settings }), cache, new ManualClock());
}

const executionOf = (execution: JsonObject): JsonObject => executionData({ execution });
const stagesOf = (...stages: JsonObject[]) => executionOf({ stages }).stages;

describe('what is told about the installation', () => {
  it('names it and the application by hashes only, and counts pipelines', () => {
    const given = statistics(SET, ['app1', 'app2', 'app2', 'app2', 'app3']);

    expect(given.of('app2', {})).toMatchObject({
      spinnakerInstance: {
        id: 'f01784bfdb16358511accfb84b1b85e9f28dc7b5f5127160207ef2013529eb47',
        version: '1.2.3',
        deploymentMethod: { type: 'NONE', version: '' },
        environment: 'ENVIRONMENT_UNKNOWN',
        deployedArtifacts: 'DEPLOYED_ARTIFACTS_UNKNOWN',
        pipelineCount: 5,
      },
      application: { pipelineCount: 3 },
    });
    expect(given.of('application', {})['application']).toEqual({
      id: 'cf12576447c93fcd8cec59fcfd0fb8b86c53450e1c54ac108381d2b18a3368b0',
      pipelineCount: 0,
    });
  });

  it.each([
    ['halyard', '1.35.0.whee', { type: 'HALYARD', version: '1.35.0.whee' }],
    ['by hand', '1', { type: 'NONE', version: '1' }],
    ['halyard', undefined, { type: 'NONE', version: '' }],
    [undefined, '1', { type: 'NONE', version: '' }],
  ])('says how it was installed: %s %s', (type, version, deploymentMethod) => {
    const given = { 'stats.deploymentMethod.type': type, 'stats.deploymentMethod.version': version };

    expect(statistics(given).of('app', {})).toMatchObject({ spinnakerInstance: { deploymentMethod } });
  });

  it('says that it runs on Kubernetes', () => {
    expect(statistics({ 'kubernetes.port': 'tcp://10.0.0.1:443' }).of('app', {})).toMatchObject({
      spinnakerInstance: { environment: 'KUBERNETES', deployedArtifacts: 'DOCKER_CONTAINERS' },
    });
  });

  it('has an id of its own where none is configured, the same for the life of the process', () => {
    const [one, other] = [statistics({}), statistics({})];
    const idOf = (of: Statistics): unknown => of.of('app', {})['spinnakerInstance'];

    expect(idOf(one)).toEqual(idOf(one));
    expect(idOf(one)).not.toEqual(idOf(other));
  });
});

describe('what is told about an execution', () => {
  it('is nothing but unknowns where there is none', () => {
    const unknown = { id: '', type: 'UNKNOWN', trigger: { type: 'UNKNOWN' }, stages: [], status: 'UNKNOWN' };

    expect(executionData({})).toEqual(unknown);
    expect(executionOf({ id: 1, type: 'odd', status: {}, stages: 'x', trigger: { type: 'cron' } })).toEqual(unknown);
  });

  it('is its kind and outcome; its id is hashed', () => {
    const execution = { id: 'myExecutionId', type: 'pipeline', status: 'succeeded', trigger: { type: 'docker' } };

    expect(executionOf(execution)).toEqual({
      id: '49615257c661b2f82bd3adfe1f706b2c0177ca0be2d783988ecc7607e1bd1260',
      type: 'PIPELINE',
      trigger: { type: 'DOCKER' },
      stages: [],
      status: 'SUCCEEDED',
    });
  });

  it.each([
    ['V1', 'MANAGED_PIPELINE_TEMPLATE_V1'],
    ['v2', 'MANAGED_PIPELINE_TEMPLATE_V2'],
    ['v3', 'PIPELINE'],
  ])('a pipeline from a template %s is a %s', (version, type) => {
    expect(executionOf({ type: 'PIPELINE', source: { type: 'templatedPipeline', version } })['type']).toBe(type);
  });

  it('has a stage for each cloud that it worked on', () => {
    const stage = (id: string) => ({ type: 'deploy', status: 'BUFFERED', cloudProvider: { id, variant: '' } });
    const given = { type: 'deploy', status: 'buffered' };

    expect(stagesOf({ ...given, context: { cloudProvider: 'gce,aws' } })).toEqual([stage('UNKNOWN')]);
    expect(stagesOf({ ...given, context: { newState: { cloudProviders: 'gce,aws, appengine' } } })).toEqual(
      ['GCE', 'AWS', 'UNKNOWN'].map(stage),
    );
    expect(stagesOf(given, { ...given, syntheticStageOwner: 'STAGE_AFTER' })).toEqual([
      { type: 'deploy', status: 'BUFFERED' },
    ]);
  });

  it.each(Object.entries(WORDS))('knows every word of %s in lower case', (list, words) => {
    expect(words.map((word) => wordOf(list as keyof typeof WORDS, word.toLowerCase()))).toEqual(words);
  });
});
