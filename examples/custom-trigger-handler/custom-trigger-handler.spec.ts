import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../test/support/echo.js';
import { CustomTriggerHandlerModule } from './custom-trigger-handler.module.js';

const pipeline = {
  application: 'shop',
  name: 'deploy',
  id: 'P',
  stages: [],
  triggers: [{ enabled: true, type: 'image-scan', repository: 'shop/api', tag: 'v\\d+' }],
};

let echo: RunningEcho;

beforeAll(async () => {
  echo = await startEcho({ pipelines: [pipeline], extensions: [CustomTriggerHandlerModule] });
});

afterAll(() => echo.close());

async function scan(eventId: string, content: object): Promise<void> {
  await echo.post('/', { details: { type: 'image-scan' }, content: { repository: 'shop/api', ...content }, eventId });
  await echo.idle();
}

describe('a trigger handler of your own', () => {
  it('starts pipelines', async () => {
    await scan('E1', { tag: 'v7', result: 'passed' });

    expect(echo.spinnaker.orca.posted('/orchestrate')).toMatchObject([
      {
        name: 'deploy',
        trigger: { type: 'image-scan', repository: 'shop/api', tag: 'v7', eventId: 'E1' },
        receivedArtifacts: [{ type: 'docker/image', reference: 'shop/api:v7' }],
      },
    ]);
  });

  it.each([
    ['E2', { tag: 'v7', result: 'failed' }, { rule: 'result', expected: 'a scan that passed', got: 'failed' }],
    ['E3', { tag: 'latest', result: 'passed' }, { rule: 'tag', expected: 'v\\d+', got: 'latest' }],
  ])('says why a pipeline does not start: %s', async (eventId, content, reason) => {
    await scan(eventId, content);

    expect(await echo.decisionsOn(eventId)).toMatchObject([{ handler: 'image-scan', kind: 'rejected', ...reason }]);
  });
});
