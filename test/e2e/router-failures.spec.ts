import { afterEach, describe, expect, it } from 'vitest';
import { Bus } from '../../src/events/index.js';
import { Outbox } from '../../src/outbox/index.js';
import { type CronTrigger, slotMissed } from '../../src/slots/index.js';
import { json } from '../support/http-peer.js';
import { Notified } from '../support/notified.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let notified: Notified;

afterEach(() => notified.close());

const own = [{ type: 'slack', address: '#own', when: ['trigger.failed'] }];

/** Two endpoints, of which the second asks for Echo's own events; people in `#all` are told of every failure. */
async function start(pipelines: object[], more: Record<string, string> = {}): Promise<void> {
  notified = await Notified.start(
    (url) => ({
      SLACK_ENABLED: 'true',
      SLACK_TOKEN: 'xoxb',
      SLACK_BASEURL: `${url}/slack`,
      NOTIFICATIONS_FAILURES_0_TYPE: 'slack',
      NOTIFICATIONS_FAILURES_0_ADDRESS: '#all',
      REST_ENABLED: 'true',
      REST_ENDPOINTS_0_URL: `${url}/every-event`,
      REST_ENDPOINTS_1_URL: `${url}/own-events`,
      REST_ENDPOINTS_1_TYPES_0: 'echo:*',
      REST_ENDPOINTS_1_ROUTEREVENTS: 'true',
      ...more,
    }),
    false,
    pipelines,
  );
}

const eventsAt = (path: string): unknown[] =>
  notified.provider.calls.filter(([call]) => call === `POST ${path}`).map(([, event]) => event);

/** Who was told, and what, in the order of the channels. */
const told = (): [string | null, string][] =>
  notified.provider.asked
    .filter(({ url }) => url.startsWith('/slack'))
    .map(({ body }) => new URLSearchParams(body))
    .map((post): [string | null, string] => [post.get('channel'), post.get('attachments') ?? ''])
    .sort(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1));

async function startThatFails(): Promise<void> {
  notified.echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? json({}, 400) : undefined));
  await notified.echo.post('/webhooks/webhook/good', {});
  await notified.echo.idle();
}

describe("Echo's own failures", () => {
  it('are events for those who ask for them: a start that was given up', async () => {
    await start([webhookPipeline('good', { notifications: own })]);

    await startThatFails();

    expect(eventsAt('/own-events')).toMatchObject([
      {
        details: { source: 'echo', type: 'echo:start:dead', application: 'app' },
        content: {
          application: 'app',
          pipeline: 'good',
          pipelineId: 'good-id',
          subject: "app's good pipeline could not be started",
        },
      },
    ]);
    expect(JSON.stringify(eventsAt('/every-event'))).not.toContain('echo:');
    expect(told()).toEqual([
      ['#all', expect.stringContaining("app's good pipeline could not be started") as string],
      ['#own', expect.stringContaining("app's good pipeline could not be started") as string],
    ]);
  });

  it('are told to those whom the pipeline names: an invalid trigger, and a missed slot', async () => {
    const triggers = [{ type: 'webhook', enabled: true, source: 'bad', payloadConstraints: { branch: '(' } }];
    await start([webhookPipeline('bad', { triggers, notifications: own })]);
    await notified.echo.post('/webhooks/webhook/bad', { branch: 'main' });
    await notified.echo.idle();
    const trigger = { id: 'T', key: 'T', application: 'app', pipelineId: 'bad-id', timeZone: 'UTC' } as CronTrigger;
    notified.echo.app
      .get(Bus)
      .publish(slotMissed, { trigger, at: Date.parse('2026-03-01T12:00:00Z'), reason: 'no start' });
    await notified.echo.idle();

    expect(eventsAt('/own-events')).toMatchObject([
      { details: { type: 'echo:trigger:invalid', application: 'app' }, content: { pipeline: 'bad' } },
      {
        details: { type: 'echo:slot:missed', application: 'app' },
        content: { pipeline: 'bad', reason: 'no start', triggerId: 'T', slot: '2026-03-01T12:00:00.000Z' },
      },
    ]);
    expect(told().map(([channel]) => channel)).toEqual(['#all', '#all', '#own', '#own']);
    expect(told()[1]?.[1]).toContain("app's bad pipeline missed its slot at 2026-03-01T12:00:00.000Z");
  });

  it('are events too where an effect died, with whose it was', async () => {
    await start([]);
    notified.provider.answer('/slack', json({ ok: false, error: 'channel_not_found' }), json({ ok: true }));

    await notified.report('orca:pipeline:failed', { type: 'slack', address: '#gone' });

    expect(eventsAt('/own-events')).toMatchObject([
      {
        details: { type: 'echo:effect:dead', application: 'what ever' },
        content: { pipeline: 'Deploy', kind: 'notification', reason: 'Slack: channel_not_found', attempts: 1 },
      },
    ]);
    expect(told().map(([channel]) => channel)).toEqual(['#all', '#gone']);
  });

  it('are told in texts in which nobody can address a whole channel', async () => {
    await start([webhookPipeline('good', { name: '<!channel>' })]);

    await startThatFails();

    expect(told()[0]?.[1]).toContain("app's &lt;!channel&gt; pipeline could not be started");
  });

  it('are never made about what tells of them', async () => {
    await start([webhookPipeline('good')], { REST_ENDPOINTS_1_DURABLE: 'false' });
    notified.provider.answer('/slack', json({ ok: false, error: 'invalid_auth' }));
    notified.provider.answer('/own-events', json({}, 400));

    await startThatFails();

    const dead = await notified.echo.app.get(Outbox).list({ state: 'dead' }, 10);
    expect(dead.map(({ kind }) => kind).sort()).toEqual(['forward', 'notification', 'start']);
    expect(told()).toHaveLength(1);
  });

  it('reach people once an hour where a destination takes many effects with it', async () => {
    await start([], { REST_ENDPOINTS_0_DURABLE: 'false' });
    notified.provider.answer('/every-event', json({}, 400));

    for (const id of ['1', '2', '3']) await notified.echo.post('/', { details: { type: 'any' }, eventId: id });
    await notified.echo.idle();

    expect(eventsAt('/own-events')).toHaveLength(3);
    expect(told()).toHaveLength(1);
  });
});

describe('an outsider', () => {
  it.each([
    ['/', { details: { type: 'echo:start:dead', source: 'echo', application: 'app' } }],
    ['/webhooks/echo:start:dead/echo', {}],
  ])('who sends such an event to %s is refused, and told why', async (path, body) => {
    await start([]);

    const answer = await notified.echo.post(path, body);
    await notified.echo.idle();

    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { message: 'details.type: echo:start:dead is for what Echo tells of itself: choose another type.' },
    ]);
    expect(notified.provider.asked).toEqual([]);
  });
});
