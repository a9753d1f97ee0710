import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../../test/support/echo.js';
import { metricOf } from '../../test/support/shown-metrics.js';
import { webhookPipeline } from '../../test/support/webhook-pipeline.js';
import { AuditListener } from './audit.listener.js';
import { CustomListenerModule } from './custom-listener.module.js';

describe('the example of a listener, built in', () => {
  let echo: RunningEcho;

  beforeAll(async () => {
    echo = await startEcho({ pipelines: [webhookPipeline('good')], extensions: [CustomListenerModule] });
  });

  afterAll(() => echo.close());

  it('hears every event, whatever else becomes of it', async () => {
    await echo.post('/webhooks/webhook/good', {});
    await echo.post('/', { details: { type: 'docker', source: 'igor' } });
    await echo.post('/', { details: { type: 'docker', source: 'igor' }, content: { tag: 'v1' } });
    await echo.post('/', {});
    await echo.idle();

    expect(echo.app.get(AuditListener).seen()).toEqual({ webhook: 1, docker: 2, unknown: 1 });
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
    expect(await metricOf(echo, 'echo_listener_duration_seconds_count', { listener: 'audit' })).toBe(4);
  });
});
