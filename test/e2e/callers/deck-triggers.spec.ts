import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../support/echo.js';

/** What deck puts into any trigger; it gives none of them an id. */
const FORM = { enabled: true, inherited: false, excludedArtifactTypePatterns: [], description: 'd', user: 'joe' };
const CONSTRAINED = { payloadConstraints: { branch: 'main' }, attributeConstraints: { kind: 'push' } };

/** By type: the trigger as the form leaves it, and an event that it waits for. */
const FORMS: Readonly<Record<string, readonly [trigger: object, event: object]>> = {
  artifactory: [{ artifactorySearchName: 'jars' }, { content: { name: 'jars', artifact: null } }],
  nexus: [{ nexusSearchName: 'wars' }, { content: { name: 'wars', artifact: null } }],
  docker: [
    { account: 'hub', organization: 'o', registry: 'hub', repository: 'o/r', tag: '', expectedArtifactIds: ['a'] },
    { content: { account: 'hub', registry: 'hub', repository: 'o/r', tag: '1.2', digest: null } },
  ],
  'helm/oci': [
    { account: 'oci', organization: 'o', registry: 'reg', repository: 'o/c', tag: '1\\..*' },
    { content: { account: 'oci', registry: 'reg', repository: 'o/c', tag: '1.2', digest: null } },
  ],
  helm: [
    { account: 'charts', chart: 'c', version: '^1.0.0', accounts: [] },
    { content: { account: 'charts', chart: 'c', version: '1.4.0', digest: 'sha256:a' } },
  ],
  git: [
    { source: 'gitlab', project: 'p', slug: 's', branch: 'rel-.*' },
    {
      content: { hash: 'h', branch: 'rel-1', repoProject: 'p', slug: 's', action: '' },
      details: { source: 'gitlab' },
    },
  ],
  jenkins: [{ master: 'ci', job: 'j', propertyFile: '', payloadConstraints: {} }, buildOf('ci', 'j')],
  travis: [{ master: 'tr', job: 'o/r', payloadConstraints: {} }, buildOf('tr', 'o/r', 'travis')],
  concourse: [
    { master: 'co', team: 't', project: 'p', job: 't/p/j', jobName: 'j' },
    buildOf('co', 't/p/j', 'concourse'),
  ],
  pubsub: [
    { pubsubSystem: 'google', subscriptionName: 'sub', ...CONSTRAINED },
    {
      content: {
        messageDescription: {
          subscriptionName: 'sub',
          pubsubSystem: 'GOOGLE',
          messagePayload: '{"branch":"main"}',
          messageAttributes: { kind: 'push' },
        },
      },
      payload: { branch: 'main' },
    },
  ],
};

function buildOf(master: string, job: string, type?: string): object {
  const lastBuild = { building: false, number: 7, result: 'SUCCESS' };
  return { details: { type: 'build' }, content: { master, ...(type && { type }), project: { name: job, lastBuild } } };
}

/** As the form for expected artifacts leaves them: most match by a pattern for the name alone. */
const expectedArtifacts = [
  {
    id: 'a',
    displayName: 'image',
    matchArtifact: { id: 'm', kind: 'docker', customKind: false, type: 'docker/image', name: 'hub/o/.*' },
    defaultArtifact: { id: 'd', customKind: true },
    usePriorArtifact: false,
    useDefaultArtifact: false,
  },
];

const pipelines = Object.entries(FORMS).map(([type, [trigger]]) => ({
  application: 'app',
  name: type,
  id: type,
  triggers: [{ ...FORM, type, ...trigger }],
  expectedArtifacts: type === 'docker' ? expectedArtifacts : [],
  stages: [],
}));

let echo: RunningEcho;
beforeAll(async () => void (echo = await startEcho({ pipelines })));
afterAll(() => echo.close());

async function startedBy(event: object): Promise<Record<string, unknown>[]> {
  const before = echo.spinnaker.orca.posted('/orchestrate').length;
  expect((await echo.post('/', event)).status).toBe(200);
  await echo.idle();
  return echo.spinnaker.orca.posted('/orchestrate').slice(before);
}

describe('the form of deck', () => {
  it.each(Object.entries(FORMS))('makes triggers of type %s that work', async (type, [, event]) => {
    const { details, ...rest } = event as { details?: object };

    const starts = await startedBy({ details: { type, source: 'igor', ...details }, ...rest });

    expect(starts.map(({ name }) => name)).toEqual([type]);
  });

  it('makes expected artifacts with members that only it reads; an image matches by its name', async () => {
    const content = { account: 'hub', registry: 'hub', repository: 'o/r', tag: '1.3', digest: null };

    const [start] = await startedBy({ details: { type: 'docker', source: 'igor' }, content });

    expect(start?.['receivedArtifacts']).toMatchObject([{ type: 'docker/image', reference: 'hub/o/r:1.3' }]);
  });

  it.each([
    ['no trigger', { buildNumber: '' }],
    ['a chart', { version: '1.4.0', artifacts: [{ type: 'helm/chart', name: 'c', version: '1.4.0' }] }],
    ['a pipeline', { parentPipelineId: 'EXEC', parentPipelineApplication: 'app' }],
    ['an image', { tag: '1.2', artifacts: [{ type: 'docker/image', name: 'o/r', reference: 'o/r:1.2' }] }],
  ])('starts by hand with %s, and what it chose is passed on', async (_what, chosen) => {
    const notifications = [{ type: 'slack', address: '#ops', when: ['pipeline.complete', 'pipeline.failed'] }];
    const trigger = { type: 'manual', dryRun: false, user: 'joe', parameters: { a: 'b' }, notifications, ...chosen };
    const content = { application: 'app', pipelineNameOrId: 'nexus', trigger, user: 'joe' };

    const [start] = await startedBy({ details: { type: 'manual' }, content });

    const { buildNumber: _none, ...kept } = { buildNumber: '', ...chosen };
    expect(start?.['trigger']).toMatchObject({ type: 'manual', user: 'joe', parameters: { a: 'b' }, ...kept });
    expect(JSON.stringify(start?.['notifications'] ?? start?.['trigger'])).toContain('#ops');
  });
});
