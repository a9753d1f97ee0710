import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../support/echo.js';

const pipelineOf = (name: string, trigger: object): object => ({
  application: 'app',
  name,
  id: name,
  triggers: [{ enabled: true, ...trigger }],
  stages: [],
});

let echo: RunningEcho;
beforeAll(async () => {
  echo = await startEcho({
    pipelines: [
      pipelineOf('jenkins', { type: 'jenkins', master: 'ci', job: 'j' }),
      pipelineOf('concourse', { type: 'concourse', master: 'concourse-h', job: 't/p/j' }),
      pipelineOf('gitlab', { type: 'gitlab-ci', master: 'gl', job: '42' }),
      pipelineOf('docker', { type: 'docker', account: 'hub', repository: 'o/r', tag: '1\\..*' }),
      pipelineOf('helm', { type: 'helm', account: 'charts', chart: 'c', version: '^1.0.0' }),
      pipelineOf('helm-oci', { type: 'helm/oci', account: 'oci', repository: 'o/c', tag: '1.2.3' }),
      pipelineOf('artifactory', { type: 'artifactory', artifactorySearchName: 'jars' }),
      pipelineOf('nexus', { type: 'nexus', nexusSearchName: 'wars' }),
    ],
  });
});
afterAll(() => echo.close());

let before = 0;
beforeEach(() => void (before = echo.spinnaker.orca.posted('/orchestrate').length));

async function startedBy(type: string, content: object, more: object = {}): Promise<unknown[]> {
  const event = { details: { type, source: 'igor', application: null, attributes: null }, content, rawContent: null };
  expect((await echo.post('/', { ...event, payload: null, ...more })).status).toBe(200);
  await echo.idle();
  return echo.spinnaker.orca
    .posted('/orchestrate')
    .slice(before)
    .map(({ name }) => name);
}

const build = (more: object = {}): object => ({
  building: false,
  number: 7,
  url: 'http://ci/7/',
  result: 'SUCCESS',
  name: 'j',
  duration: 5,
  timestamp: '1700000000000',
  artifacts: [],
  scm: null,
  ...more,
});

describe('igor', () => {
  it('tells of a build', async () => {
    const content = { master: 'ci', project: { name: 'j', lastBuild: build() } };
    expect(await startedBy('build', content)).toEqual(['jenkins']);
  });

  it.each(['UNSTABLE', 'FAILURE', 'ABORTED', 'NOT_BUILT', 'BUILDING'])(
    'tells of a build that is %s',
    async (result) => {
      const lastBuild = build({ result, building: result === 'BUILDING', number: 8 });
      expect(await startedBy('build', { master: 'ci', project: { name: 'j', lastBuild } })).toEqual([]);
    },
  );

  it('names the system of Concourse and GitLab CI', async () => {
    const concourse = { master: 'concourse-h', type: 'concourse', project: { name: 't/p/j', lastBuild: build() } };
    expect(await startedBy('build', concourse)).toEqual(['concourse']);
    const gitlab = { master: 'gl', type: 'GITLAB_CI', project: { name: '42', lastBuild: build() } };
    expect(await startedBy('build', gitlab)).toEqual(['concourse', 'gitlab']);
  });

  it('probes with a build that must start nothing', async () => {
    const content = { master: 'IgorHealthCheck', project: { name: 'spinnaker', lastBuild: build({ result: null }) } };
    expect(await startedBy('build', content)).toEqual([]);
    expect(await startedBy('build', { ...content, project: { name: 'spinnaker', lastBuild: {} } })).toEqual([]);
  });

  it.each([
    ['docker', 'docker', { account: 'hub', registry: 'hub', repository: 'o/r', tag: '1.2', digest: null }],
    ['helm', 'helm', { account: 'charts', chart: 'c', version: '1.4.0', digest: 'sha256:a' }],
    ['helm-oci', 'helm/oci', { account: 'oci', registry: 'reg', repository: 'o/c', tag: '1.2.3', digest: null }],
    ['artifactory', 'artifactory', { name: 'jars', artifact: { type: 'maven/file', name: 'a', reference: 'r' } }],
    ['nexus', 'nexus', { name: 'wars', artifact: { type: 'maven/file', name: 'b', reference: 'r' } }],
  ])('tells of %s, with members that nobody reads', async (name, type, content) => {
    const artifact = { type: 'docker/image', name: 'o/r', version: '1.2', reference: 'hub/o/r:1.2' };
    expect(await startedBy(type, content, { artifact })).toEqual([name]);
  });
});
