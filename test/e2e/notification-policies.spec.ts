import { afterEach, describe, expect, it } from 'vitest';
import { json } from '../support/http-peer.js';
import { Notified } from '../support/notified.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

let notified: Notified;

afterEach(() => notified.close());

async function start(
  more: (url: string) => Record<string, string> = () => ({}),
  pipelines: object[] = [],
): Promise<void> {
  notified = await Notified.start(
    (url) => ({
      SLACK_ENABLED: 'true',
      SLACK_TOKEN: 'xoxb',
      SLACK_BASEURL: `${url}/slack`,
      TWILIO_ENABLED: 'true',
      TWILIO_ACCOUNT: 'AC1',
      TWILIO_TOKEN: 't',
      TWILIO_FROM: '+1',
      TWILIO_BASEURL: `${url}/twilio`,
      ...more(url),
    }),
    false,
    pipelines,
  );
}

const slack = { type: 'slack', address: '#a' };

const deliveries = async (): Promise<object[]> =>
  (await (await notified.echo.get('/notifications/deliveries')).json()) as object[];

const texts = (): (string | null)[] =>
  notified.provider.asked.map(({ url, body }) =>
    new URLSearchParams(body).get(url.startsWith('/twilio') ? 'Body' : 'attachments'),
  );

describe('a silence', () => {
  it('holds a notification back, and says so where its delivery is looked for', async () => {
    await start(() => ({
      NOTIFICATIONS_SILENCES_0_APPLICATION: 'what ever',
      NOTIFICATIONS_SILENCES_0_UNTIL: '2999-01-01T00:00:00Z',
      NOTIFICATIONS_SILENCES_0_REASON: 'moving house',
    }));

    await notified.report('orca:pipeline:failed', slack);

    expect(notified.provider.asked).toEqual([]);
    expect(await deliveries()).toMatchObject([
      {
        channel: 'slack',
        executionId: 'X',
        state: 'suppressed',
        error: expect.stringMatching('moving house') as string,
      },
    ]);
  });
});

describe('a digest', () => {
  const digests = (channel: string) => ({
    NOTIFICATIONS_DIGESTS_0_CHANNEL: channel,
    NOTIFICATIONS_DIGESTS_0_WINDOW: '2s',
    NOTIFICATIONS_DIGESTS_0_EXCEPT_0: 'pipeline.starting',
  });

  it('tells of all that it gathered, and of what it excepts at once', async () => {
    await start(() => digests('slack'));

    await notified.tell('orca:pipeline:starting', slack, { id: 'A' });
    await notified.tell('orca:pipeline:failed', slack, { id: 'B', name: '<deploy>' });
    await notified.tell('orca:pipeline:complete', slack, { id: 'C' });
    await notified.echo.idle();

    const [atOnce, ...digested] = texts().map((attachments) => JSON.parse(attachments ?? '') as { text: string }[]);
    expect(atOnce?.[0]?.text).toContain('is starting');
    // Where a window ends between them there are two digests.
    expect(digested.flatMap(([digest]) => digest?.text.split('\n'))).toEqual([
      "• <http://deck/#/applications/what%20ever/executions/details/B|what ever's &lt;deploy&gt; pipeline has failed>",
      "• <http://deck/#/applications/what%20ever/executions/details/C|what ever's Deploy pipeline has completed successfully>",
    ]);
  });

  it('shows where a delivery is looked for what it gathered', async () => {
    await start(() => digests('slack'));

    await notified.tell('orca:pipeline:failed', slack);
    await notified.echo.idle();

    expect(await deliveries()).toMatchObject([
      { occasion: 'digest', state: 'done' },
      {
        executionId: 'X',
        state: 'suppressed',
        error: expect.stringMatching(/^gathered for the digest at 2/) as string,
      },
    ]);
  });

  it('leaves other channels alone', async () => {
    await start(() => digests('email'));

    await notified.report('orca:pipeline:failed', slack);

    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain('has failed');
  });
});

describe('a notification that cannot be delivered', () => {
  it('is told to the fallback of its channel, once', async () => {
    await start(() => ({ NOTIFICATIONS_FALLBACK_SLACK_TYPE: 'sms', NOTIFICATIONS_FALLBACK_SLACK_ADDRESS: '+2' }));
    notified.provider.answer('/slack', json({ ok: false, error: 'channel_not_found' }));
    notified.provider.answer('/twilio', json({ message: 'no such number' }, 400));

    await notified.report('orca:pipeline:failed', slack);

    expect(notified.provider.asked.map(({ url }) => url.split('/')[1])).toEqual(['slack', 'twilio']);
    expect(texts()[1]).toMatch(/^A notification by slack could not be delivered: Slack: channel_not_found/);
  });
});

describe('a pipeline that cannot be started', () => {
  it('is told to those whom it names for that, and to those who hear of all failures', async () => {
    const notifications = [{ type: 'slack', address: '#own', when: ['trigger.failed'] }];
    await start(
      () => ({ NOTIFICATIONS_FAILURES_0_TYPE: 'slack', NOTIFICATIONS_FAILURES_0_ADDRESS: '#all' }),
      [webhookPipeline('good', { notifications })],
    );
    notified.echo.spinnaker.orca.answering(({ url }) => (url === '/orchestrate' ? json({}, 400) : undefined));

    await notified.echo.post('/webhooks/webhook/good', {});
    await notified.echo.idle();

    const posts = notified.provider.asked.map(({ body }) => new URLSearchParams(body));
    expect(posts.map((post) => post.get('channel')).sort()).toEqual(['#all', '#own']);
    expect(posts[0]?.get('attachments')).toContain('could not be started');
  });
});

describe('whoever sets notifications up', () => {
  it('can try an address, and is told what the provider said', async () => {
    await start();
    notified.provider.answer('/slack', json({ ok: true }), json({ ok: false, error: 'not_in_channel' }));
    const tried = async (body: object): Promise<unknown> =>
      (await notified.echo.post('/notifications/test', body)).json();

    expect(await tried(slack)).toEqual({ delivered: true, error: null });
    expect(await tried(slack)).toEqual({ delivered: false, error: 'Slack: not_in_channel' });
    expect(await tried({ type: 'email', address: 'a@b' })).toMatchObject({
      message: "There is no channel 'email', or it is off.",
    });
  });

  it('can look at what would be sent, and nothing is', async () => {
    await start();
    const preview = async (body: object): Promise<unknown> =>
      (await notified.echo.post('/notifications/preview', body)).json();
    const event = {
      details: { type: 'orca:pipeline:failed', application: 'shop' },
      content: {
        execution: {
          id: 'X',
          name: 'deploy',
          notifications: [
            { type: 'sms', address: '+2', when: ['pipeline.failed'] },
            { type: 'sms', address: '+3', when: ['pipeline.complete'] },
          ],
        },
      },
    };

    expect(await preview({ event })).toEqual([
      {
        channel: 'sms',
        messages: [
          {
            to: '+2',
            text: "Shop's deploy  pipeline  has failed http://deck/#/applications/shop/executions/details/X",
          },
        ],
      },
    ]);
    expect(
      await preview({ notificationType: 'SMS', to: ['+2'], additionalContext: { body: 'b', formatter: 'TEXT' } }),
    ).toEqual([{ channel: 'sms', messages: [{ to: '+2', text: 'b' }] }]);
    expect(notified.provider.asked).toEqual([]);
  });

  it('finds what became of the notifications of an execution', async () => {
    await start();
    await notified.report('orca:pipeline:failed', slack);

    const answer = await notified.echo.get('/notifications/deliveries?executionId=X');

    expect(await answer.json()).toMatchObject([
      {
        channel: 'slack',
        application: 'what ever',
        occasion: 'pipeline.failed',
        state: 'done',
        attempts: 1,
        error: null,
      },
    ]);
    expect(await (await notified.echo.get('/notifications/deliveries?executionId=Y')).json()).toEqual([]);
  });
});
