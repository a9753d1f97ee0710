import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let echo: RunningEcho;

afterEach(() => echo.close());

const INVOCATIONS = 'controller_invocations_seconds_count';

describe('Every request', () => {
  it('is timed under the tags of the original, and its body measured', async () => {
    echo = await startEcho({ pipelines: [webhookPipeline('good')] });
    await echo.post('/webhooks/webhook/good', {});
    await echo.post('/webhooks/webhook/good', '[]');

    const tags = { controller: 'WebhooksController', type: 'webhook', source: 'good', criticality: 'unknown' };
    const good = { ...tags, status: '2xx', statusCode: '200', success: 'true', cause: 'None' };
    const bad = { ...tags, status: '4xx', statusCode: '400', success: 'false' };
    expect(await metricOf(echo, INVOCATIONS, good)).toBe(1);
    expect(await metricOf(echo, INVOCATIONS, bad)).toBe(1);
    expect(await metricOf(echo, 'controller_invocations_contentLength_bytes_sum', good)).toBe(2);
  });

  it('shows no more than 200 sources that senders made up', async () => {
    echo = await startEcho();
    await Promise.all(Array.from({ length: 230 }, (_, i) => echo.post(`/webhooks/webhook/s${i}`, {})));

    expect(await metricOf(echo, INVOCATIONS, { source: 'other' })).toBe(30);
  });
});

describe('GET /spectator/metrics', () => {
  it('is not there unless it is switched on', async () => {
    echo = await startEcho();

    expect((await echo.get('/spectator/metrics')).status).toBe(404);
  });

  it('shows everything by its original name', async () => {
    echo = await startEcho({
      pipelines: [webhookPipeline('good')],
      env: { SPECTATOR_WEBENDPOINT_ENABLED: 'true', SPECTATOR_APPLICATIONVERSION: '7' },
    });
    await echo.post('/webhooks/webhook/good', {});
    await echo.idle();

    const shown = (await (await echo.get('/spectator/metrics')).json()) as { metrics: Record<string, unknown> };

    expect(shown).toMatchObject({ applicationName: 'echo', applicationVersion: '7' });
    expect(Object.keys(shown.metrics)).toEqual(
      expect.arrayContaining(['front50.lastPoll', 'orca.trigger.success', 'echo.events.processed', 'okhttp.requests']),
    );
    expect(shown.metrics['orca.trigger.success']).toMatchObject({
      kind: 'Counter',
      values: [
        {
          tags: [
            { key: 'triggerSource', value: 'EXTERNAL_EVENT' },
            { key: 'triggerType', value: 'webhook' },
          ],
        },
      ],
    });
    expect((await echo.get('/spectator/metrics?meterNameRegex=(')).status).toBe(400);
  });
});
