import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { FakeService } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let echo: RunningEcho;
let stats: FakeService;

beforeEach(async () => {
  stats = await FakeService.start(() => json({}));
});

afterEach(async () => {
  await echo.close();
  await stats.close();
});

const ended = (type: string, application?: string): object => ({
  details: { source: 'orca', type, application },
  content: { execution: { id: 'E', type: 'PIPELINE', status: 'SUCCEEDED' } },
});

const begin = async (env: Record<string, string>): Promise<void> => {
  const pipelines = [webhookPipeline('one', { application: 'app' }), webhookPipeline('two', { application: 'other' })];
  echo = await startEcho({ pipelines, env: { STATS_ENDPOINT: stats.url, ...env } });
};

describe('statistics', () => {
  it('go out for ended executions of an application, without saying who caused them', async () => {
    await begin({ STATS_ENABLED: 'true', STATS_INSTANCEID: 'I', KUBERNETES_PORT: 'tcp://10.0.0.1:443' });
    const headers = { 'x-spinnaker-user': 'ann' };
    for (const event of [
      ended('orca:pipeline:starting', 'app'),
      ended('orca:pipeline:complete'),
      { details: { type: 'orca:pipeline:complete', application: 'app' } },
      ended('orca:orchestration:failed', 'app'),
    ]) {
      await echo.post('/', event, headers);
    }
    await stats.until(1);
    await echo.idle();

    expect(stats.requests).toHaveLength(1);
    expect(stats.requests[0]).toMatchObject({ method: 'POST', url: '/log' });
    expect(Object.keys(stats.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
    expect(stats.posted('/log')).toMatchObject([
      {
        spinnakerInstance: { environment: 'KUBERNETES', pipelineCount: 2 },
        application: { pipelineCount: 1 },
        execution: { status: 'SUCCEEDED' },
      },
    ]);
  });

  it('are the concern of operators: nothing goes out by default', async () => {
    await begin({});
    await echo.post('/', ended('orca:pipeline:complete', 'app'));
    await echo.idle();

    expect(stats.requests).toEqual([]);
  });
});
