import { afterEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { FakeService } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';
import { metricOf } from '../support/shown-metrics.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let echo: RunningEcho;

afterEach(() => echo.close());

const webhook = (source: string, more: object = {}): object => ({ type: 'webhook', enabled: true, source, ...more });

/** Sends a webhook; tells which pipelines it started, and what was decided. */
async function send(source: string) {
  const { eventId } = (await (await echo.post(`/webhooks/webhook/${source}`, {})).json()) as { eventId: string };
  await echo.idle();
  const started = echo.spinnaker.orca.posted('/orchestrate').map(({ name }) => name);
  return { started, decisions: await echo.decisionsOn(eventId) };
}

describe('with orca.enabled off', () => {
  it('nothing starts; what would have started is recorded with the switch', async () => {
    echo = await startEcho({ pipelines: [webhookPipeline('good')], env: { ORCA_ENABLED: 'false' } });
    const labels = { triggerSource: 'EXTERNAL_EVENT', triggerType: 'webhook' };
    const before = await metricOf(echo, 'orca_trigger_disabled_total', labels);

    const { started, decisions } = await send('good');

    expect(started).toEqual([]);
    expect(decisions).toMatchObject([
      { pipelineName: 'good', kind: 'matched', start: { kind: 'suppressed', by: 'orca.enabled is false' } },
    ]);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([
      { kind: 'start', state: 'suppressed', suppressedBy: 'orca.enabled is false' },
    ]);
    expect(await metricOf(echo, 'orca_trigger_disabled_total', labels)).toBe(before + 1);
  });
});

describe('in a quiet period', () => {
  const QUIET = {
    QUIETPERIOD_STARTISO: '2020-01-01T00:00:00Z',
    QUIETPERIOD_ENDISO: '2999-01-01T00:00:00Z',
    QUIETPERIOD_SUPPRESSEDTRIGGERTYPES: 'webhook,cron',
  };
  const pipelines = [
    webhookPipeline('respectful', { triggers: [webhook('shared')], respectQuietPeriod: true }),
    webhookPipeline('other', { triggers: [webhook('shared')] }),
  ];

  it('holds back pipelines that respect it, and records why', async () => {
    echo = await startEcho({ pipelines, env: QUIET });

    const { started, decisions } = await send('shared');

    expect(started).toEqual(['other']);
    expect(decisions).toMatchObject([
      { pipelineName: 'respectful', start: { kind: 'suppressed', by: 'quiet period for triggers of type webhook' } },
      { pipelineName: 'other', start: { kind: 'submitted' } },
    ]);
  });

  it.each([
    ['it is over', { ...QUIET, QUIETPERIOD_ENDISO: '2020-02-01T00:00:00Z' }],
    ['it is switched off', { ...QUIET, QUIETPERIOD_ENABLED: 'false' }],
    ['other trigger types are meant', { ...QUIET, QUIETPERIOD_SUPPRESSEDTRIGGERTYPES: 'cron' }],
    ['no trigger types are meant', { ...QUIET, QUIETPERIOD_SUPPRESSEDTRIGGERTYPES: '' }],
  ])('starts all when %s', async (_what, env) => {
    echo = await startEcho({ pipelines, env });

    expect((await send('shared')).started.sort()).toEqual(['other', 'respectful']);
  });
});

describe('with fiat', () => {
  const grants: Record<string, object> = {
    anonymous: { name: 'anonymous', applications: [{ name: 'open', authorizations: ['EXECUTE'] }] },
    'svc@x': {
      name: 'svc@x',
      applications: [{ name: 'CLOSED', authorizations: ['READ', 'EXECUTE'] }],
      accounts: [
        { name: 'Prod', authorizations: ['WRITE'] },
        { name: 'audit', authorizations: ['READ'] },
      ],
    },
  };

  const pipelines = [
    webhookPipeline('open', { application: 'open', triggers: [webhook('shared')] }),
    webhookPipeline('closed', { application: 'closed', triggers: [webhook('shared')] }),
    webhookPipeline('as-user', { application: 'closed', triggers: [webhook('shared', { runAsUser: 'svc@x' })] }),
  ];

  async function begin(env: Record<string, string> = {}): Promise<FakeService> {
    const fiat = await FakeService.start(({ url }) => {
      const found = grants[decodeURIComponent(url.replace('/authorize/', ''))];
      return found ? json(found) : json({}, 404);
    });
    const asked = { SERVICES_FIAT_ENABLED: 'true', SERVICES_FIAT_BASEURL: fiat.url };
    echo = await startEcho({ pipelines, env: { ...asked, ...env } });
    return fiat;
  }

  it("starts what the trigger's user may run, as that user, and records whom it denied", async () => {
    const fiat = await begin();
    const before = await metricOf(echo, 'trigger_errors_accessdenied_total', { user: 'anonymous', pipeline: 'closed' });

    const { started, decisions } = await send('shared');

    expect([...started].sort()).toEqual(['as-user', 'open']);
    expect(decisions).toContainEqual(
      expect.objectContaining({ pipelineName: 'closed', kind: 'rejected', rule: 'permission', got: 'access denied' }),
    );
    const users = echo.spinnaker.orca.requests.map(({ headers, body }) => [
      (JSON.parse(body) as { name: string }).name,
      headers['x-spinnaker-user'],
      headers['x-spinnaker-accounts'],
    ]);
    expect(users.sort()).toEqual([
      ['as-user', 'svc@x', undefined],
      ['open', 'anonymous', undefined],
    ]);
    expect(await metricOf(echo, 'trigger_errors_accessdenied_total', { user: 'anonymous', pipeline: 'closed' })).toBe(
      before + 1,
    );
    await fiat.close();
  });

  it('is asked once for each user, however many triggers and events', async () => {
    const fiat = await begin();
    await send('shared');
    await send('shared');

    expect(fiat.requests.map(({ url }) => decodeURIComponent(url)).sort()).toEqual([
      '/authorize/anonymous',
      '/authorize/svc@x',
    ]);
    await fiat.close();
  });

  it('out of reach denies, and nothing else waits for it', async () => {
    const fiat = await begin({
      SERVICES_FIAT_RETRY_INITIALBACKOFFMILLIS: '1',
      SERVICES_FIAT_RETRY_MAXBACKOFFMILLIS: '3',
    });
    fiat.answering(() => json({}, 503));

    const { started, decisions } = await send('shared');

    expect(started).toEqual([]);
    expect(decisions.map(({ rule }) => rule)).toEqual(['permission', 'permission', 'permission']);
    await fiat.close();
  });

  it('with the legacy fallback sends the accounts that the user may write to', async () => {
    const fiat = await begin({ SERVICES_FIAT_LEGACYFALLBACK: 'true' });
    await send('shared');

    const asUser = echo.spinnaker.orca.requests.find(({ headers }) => headers['x-spinnaker-user'] === 'svc@x');
    expect(asUser?.headers['x-spinnaker-accounts']).toBe('prod');
    await fiat.close();
  });

  it('switched off, everything starts as anonymous', async () => {
    echo = await startEcho({ pipelines });

    expect((await send('shared')).started.sort()).toEqual(['as-user', 'closed', 'open']);
    expect(new Set(echo.spinnaker.orca.requests.map(({ headers }) => headers['x-spinnaker-user']))).toEqual(
      new Set(['anonymous']),
    );
  });
});
