import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../test/support/echo.js';
import { CustomWebhookSourceModule } from './custom-webhook-source.module.js';

const pipeline = (name: string, trigger: object): object => ({
  application: 'shop',
  name,
  id: name,
  stages: [],
  triggers: [{ enabled: true, ...trigger }],
});

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({
    pipelines: [
      pipeline('on-push', { type: 'git', source: 'forge', project: 'shop', slug: 'api', branch: 'main' }),
      pipeline('on-sbom', { type: 'webhook', source: 'sbom' }),
    ],
    extensions: [CustomWebhookSourceModule],
  });
});

afterAll(() => echo.close());

async function post(path: string, body: object): Promise<unknown> {
  const answer: unknown = await (await echo.post(path, body)).json();
  await echo.idle();
  return answer;
}

describe('a webhook source of your own', () => {
  it('starts pipelines', async () => {
    await post('/webhooks/git/forge', { event: 'push', repo: 'shop/api', branch: 'main', commit: 'a1b2c3' });

    expect(echo.spinnaker.orca.posted('/orchestrate').at(-1)).toMatchObject({
      name: 'on-push',
      trigger: { type: 'git', branch: 'main', hash: 'a1b2c3', action: 'push' },
    });
  });

  it.each([
    [{ event: 'hello' }, {}],
    [{ event: 'star' }, { reason: 'event star: only pushes start pipelines' }],
    [{ event: 'push', repo: 'shop/api' }, { reason: 'branch: expected a text, got nothing' }],
  ])('says what it cannot use: %j', async (body, more) => {
    expect(await post('/webhooks/git/forge', body)).toEqual({ eventProcessed: false, eventId: null, ...more });
  });
});

describe('an artifact extractor of your own', () => {
  it('brings artifacts to pipelines', async () => {
    await post('/webhooks/webhook/sbom', { components: [{ name: 'shop/api', version: 'v7' }] });

    expect(echo.spinnaker.orca.posted('/orchestrate').at(-1)).toMatchObject({
      name: 'on-sbom',
      receivedArtifacts: [{ type: 'docker/image', reference: 'shop/api:v7' }],
    });
  });
});
