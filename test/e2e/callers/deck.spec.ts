import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Notified } from '../../support/notified.js';

const UNFINISHED = { enabled: true, type: null };
const TAGGED = { enabled: true, type: 'webhook', source: 'deck', inherited: false, expectedArtifactIds: [] };
const expectedArtifact = {
  id: 'a',
  displayName: 'image',
  matchArtifact: { id: 'm', kind: 'docker', customKind: false, type: 'docker/image', name: 'hub/o/r' },
  defaultArtifact: { id: 'd', customKind: true },
  usePriorArtifact: false,
  useDefaultArtifact: false,
};

/** A pipeline with all that the form leaves in it. */
const pipeline = {
  application: 'app',
  name: 'from the form',
  id: 'form',
  index: 3,
  roles: ['dev'],
  tags: [{ name: 'a', value: 'b' }],
  locked: { ui: true },
  description: 'd',
  lastModifiedBy: 'joe',
  updateTs: '1700000000000',
  spelEvaluator: 'v4',
  expectedArtifacts: [expectedArtifact],
  triggers: [
    UNFINISHED,
    { enabled: true, type: 'jenkins', master: 'ci', job: null, propertyFile: '' },
    { enabled: true, type: 'helm', account: 'c', chart: 'x', version: '', accounts: [] },
    { enabled: true, type: 'pipeline', application: 'app', pipeline: null, status: ['successful'] },
    TAGGED,
  ],
  stages: [],
};

let notified: Notified;
beforeAll(async () => {
  const settings = (url: string) => ({
    IGOR_ENABLED: 'true',
    SLACK_ENABLED: 'true',
    SLACK_TOKEN: 'xoxb',
    SLACK_BASEURL: url,
  });
  notified = await Notified.start(settings, false, [pipeline]);
});
afterAll(() => notified.close());

async function startedBy(send: () => Promise<Response>): Promise<Record<string, unknown>[]> {
  const before = notified.echo.spinnaker.orca.posted('/orchestrate').length;
  expect((await send()).status).toBe(200);
  await notified.echo.idle();
  return notified.echo.spinnaker.orca.posted('/orchestrate').slice(before);
}

describe('deck', () => {
  it('saves pipelines with triggers that are not filled in yet; the others work', async () => {
    const starts = await startedBy(() => notified.echo.post('/webhooks/webhook/deck', {}));

    expect(starts).toMatchObject([{ name: 'from the form', trigger: { type: 'webhook', source: 'deck' } }]);
  });

  it('sends an empty text where a build number may be', async () => {
    const trigger = { type: 'manual', dryRun: false, user: 'joe', parameters: {}, buildNumber: '', notifications: [] };
    const content = { application: 'app', pipelineNameOrId: 'form', trigger, user: 'joe' };

    const [start] = await startedBy(() => notified.echo.post('/', { details: { type: 'manual' }, content }));

    expect(start?.['trigger']).toMatchObject({ type: 'manual', user: 'joe' });
    expect((start?.['trigger'] as { buildNumber?: unknown }).buildNumber ?? null).toBeNull();
  });

  it('sends an image that was chosen by hand', async () => {
    const artifact = { type: 'docker/image', name: 'hub/o/r', version: '1', reference: 'hub/o/r:1' };
    const trigger = { type: 'manual', user: 'joe', tag: '1', artifacts: [artifact] };
    const content = { application: 'app', pipelineNameOrId: 'form', trigger, user: 'joe' };

    const [start] = await startedBy(() => notified.echo.post('/', { details: { type: 'manual' }, content }));

    expect(start?.['receivedArtifacts']).toMatchObject([artifact]);
  });

  it.each([
    '0 0/5 * 1/1 * ? *',
    '0 30 0/2 1/1 * ? *',
    '0 0 12 1/3 * ? *',
    '0 0 0 1/3 * ? *',
    '0 0 9 ? * MON-FRI *',
    '0 0 9 ? * MON,WED *',
    '0 0 9 ? * *',
    '0 0 0 1W 1/1 ? *',
    '0 0 0 LW 1/2 ? *',
    '0 0 0 L 1/1 ? *',
    '0 0 0 31 1/1 ? *',
    '0 0 0 ? 1/1 MON#5 *',
    '0 0 0 ? 1/1 MONL *',
  ])('offers the schedule %s', async (expression) => {
    const answer = await notified.echo.get(`/validateCronExpression?cronExpression=${encodeURIComponent(expression)}`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { response: 'Cron expression is valid' }]);
  });

  it.each(['0 0 0 1L 1/1 ? *', '0 0 0 W 1/1 ? *'])(
    'once offered the schedule %s, which is none',
    async (expression) => {
      const answer = await notified.echo.get(
        `/validateCronExpression?cronExpression=${encodeURIComponent(expression)}`,
      );
      expect(answer.status).toBe(400);
    },
  );

  it('leaves an address empty when the type of a notification is changed; the others arrive', async () => {
    const when = ['pipeline.complete'];
    const message = { 'pipeline.complete': { text: 'done' } };
    const level = { level: 'pipeline', inherited: false };
    const notifications = [
      { type: 'slack', address: '', when, ...level },
      { type: 'slack', address: '#ops', when, message, ...level },
    ];

    await notified.report('orca:pipeline:complete', { type: 'slack', address: '', when, ...level }, { notifications });

    const channels = notified.provider.asked.map(({ body }) => new URLSearchParams(body).get('channel') ?? body);
    expect(channels.filter((channel) => channel.includes('ops'))).toHaveLength(1);
  });
});
