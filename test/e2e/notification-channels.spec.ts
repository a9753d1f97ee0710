import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { json } from '../support/http-peer.js';
import { Notified, LINK } from '../support/notified.js';

let notified: Notified;

async function start(settings: (providerUrl: string) => Record<string, string>): Promise<void> {
  notified = await Notified.start(settings);
}

afterEach(() => notified.close());

const build = { trigger: { buildInfo: { url: 'http://ci/7', number: 7 } } };

describe('SMS', () => {
  it('has the build on both sides of the word, as ever', async () => {
    await start((url) => ({
      TWILIO_ENABLED: 'true',
      TWILIO_ACCOUNT: 'AC1',
      TWILIO_TOKEN: 't',
      TWILIO_FROM: '+1',
      TWILIO_BASEURL: url,
    }));

    await notified.report('orca:pipeline:failed', { type: 'sms', address: '+2' }, build);

    const { url, headers, body } = notified.provider.asked[0] ?? {};
    expect(url).toBe('/2010-04-01/Accounts/AC1/Messages.json');
    expect(headers?.['authorization']).toBe('Basic QUMxOnQ=');
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      From: '+1',
      To: '+2',
      Body: `What Ever's Deploy build #7  pipeline build #7  has failed ${LINK}`,
    });
  });

  it('is off, and says why, without what it needs', async () => {
    await start(() => ({ TWILIO_ENABLED: 'true' }));

    expect(await notified.ask({ notificationType: 'SMS', to: ['+2'] })).toMatchObject([200, { kind: 'untaken' }]);
  });

  it('is no longer than Twilio takes', async () => {
    await start((url) => ({
      TWILIO_ENABLED: 'true',
      TWILIO_ACCOUNT: 'AC1',
      TWILIO_TOKEN: 't',
      TWILIO_FROM: '+1',
      TWILIO_BASEURL: url,
    }));

    await notified.ask({
      notificationType: 'SMS',
      to: ['+2'],
      additionalContext: { body: 'x'.repeat(2000), formatter: 'MARKDOWN' },
    });

    expect(new URLSearchParams(notified.provider.asked[0]?.body).get('Body')).toHaveLength(1600);
  });
});

describe('Google Chat', () => {
  const room = () => `${notified.provider.url}/v1/spaces/R/messages?key=K%3D&token=T&threadKey=th`;
  const textIn = (at: number): unknown =>
    JSON.stringify(notified.provider.calls[at]?.[1]).match(/"text":"(.*?[^\\])"/)?.[1];

  beforeEach(() => start((url) => ({ GOOGLECHAT_ENABLED: 'true', GOOGLECHAT_BASEURL: url })));

  it('gets its card at exactly the address given', async () => {
    await notified.report('orca:stage:complete', { type: 'googlechat', address: room() }, build);

    const text = `Stage bake for What Ever's <a href="${LINK}">Deploy</a> build #<a href="http://ci/7">7</a> pipeline has completed successfully`;
    expect(notified.provider.calls).toEqual([
      [
        'POST /v1/spaces/R/messages?key=K%3D&token=T&threadKey=th',
        {
          cards: {
            sections: [
              {
                widgets: [
                  { textParagraph: { text } },
                  {
                    buttons: [
                      {
                        imageButton: {
                          iconUrl: 'https://avatars0.githubusercontent.com/u/7634182?s=200&v=4',
                          onClick: { openLink: { url: 'https://www.spinnaker.io/' } },
                        },
                      },
                      {
                        textButton: {
                          text: 'From Spinnaker',
                          onClick: { openLink: { url: 'https://www.spinnaker.io/' } },
                        },
                      },
                    ],
                  },
                ],
              },
            ],
          },
        },
      ],
    ]);
  });

  it('takes addresses without the beginning that all have', async () => {
    await notified.report('orca:pipeline:failed', {
      type: 'googlechat',
      address: 'R/messages?key=K',
      customMessage: 'mine',
    });

    expect(notified.provider.asked[0]?.url).toBe('/v1/spaces/R/messages?key=K');
    expect(textIn(0)).toBe('mine');
  });

  it.each(['https://evil.example/v1/spaces/R', ''])('refuses a webhook elsewhere: %j', async (address) => {
    const [status] = await notified.ask({
      notificationType: 'GOOGLECHAT',
      to: [address],
      additionalContext: { body: 'b' },
    });

    expect(status).toBe(400);
  });

  it('words a judgment in the HTML that it reads', async () => {
    await notified.ask({
      notificationType: 'googlechat',
      to: [room()],
      templateGroup: 'manualJudgment',
      source: { application: 'shop', executionId: 'X' },
      additionalContext: { stageName: '<b>Go</b>?', stageId: '3', instructions: 'look *here*' },
    });

    expect(textIn(0)).toContain('&lt;b&gt;Go&lt;/b&gt;?');
    expect(textIn(0)).toContain('look <em>here</em>');
    expect(textIn(0)).toContain('http://deck/#/applications/shop/executions/details/X?refId=3');
  });
});

describe('Bearychat', () => {
  beforeEach(async () => {
    await start((url) => ({ BEARYCHAT_ENABLED: 'true', BEARYCHAT_TOKEN: 'abc', BEARYCHAT_BASEURL: url }));
    notified.provider.answer(
      '/v1/user.list',
      json([
        { id: 'u0', email: 'x@y', unknown: 1 },
        { id: 'u1', email: 'foo@bar.com' },
      ]),
    );
    notified.provider.answer('/v1/p2p.create', json({ vchannel_id: 'c1', unknown: 1 }));
  });

  it('finds the user, opens a conversation and posts', async () => {
    await notified.report('orca:pipeline:failed', { type: 'bearychat', address: 'foo@bar.com' });

    expect(notified.provider.calls).toEqual([
      ['GET /v1/user.list?token=abc', ''],
      ['POST /v1/p2p.create?token=abc', { user_id: 'u1' }],
      [
        'POST /v1/message.create?token=abc',
        {
          vchannel_id: 'c1',
          text: `What Ever's Deploy  pipeline has failed.  To see more details, please visit: ${LINK}`,
          attachments: '',
        },
      ],
    ]);
  });

  it('answers a direct notification with nothing', async () => {
    const answer = await notified.ask({
      notificationType: 'BEARYCHAT',
      to: ['foo@bar.com'],
      additionalContext: { body: 'b' },
    });

    expect(answer).toEqual([200, '']);
    expect(notified.provider.calls[2]?.[1]).toEqual({ vchannel_id: 'c1', text: '<p>b</p>\n', attachments: ' ' });
  });

  it('fails for a user whom nobody knows', async () => {
    const [status, body] = await notified.ask({
      notificationType: 'BEARYCHAT',
      to: ['no@body'],
      additionalContext: { body: 'b' },
    });

    expect([status, body]).toMatchObject([500, { message: 'Bearychat knows no user with the address no@body' }]);
  });
});

describe('Microsoft Teams', () => {
  const hook = () => `${notified.provider.url}/wh/a@b?tenant=demo`;

  it('gets an adaptive card at exactly the address given', async () => {
    await start(() => ({ MICROSOFTTEAMS_ENABLED: 'true' }));

    await notified.report('orca:stage:failed', {
      type: 'microsoftteams',
      address: hook(),
      message: { 'stage.failed': { text: 'a "quote"\nand **more**' } },
    });

    const [call, sent] = notified.provider.calls[0] ?? [];
    expect(call).toBe('POST /wh/a@b?tenant=demo');
    expect(sent).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            version: '1.4',
            msteams: { width: 'Full' },
            body: [
              { type: 'Container', style: 'attention', items: [{ text: 'Stage failed for WHAT EVER' }] },
              { type: 'TextBlock', text: "Stage bake for what ever's Deploy pipeline has failed" },
              {
                type: 'FactSet',
                facts: [
                  { title: 'Application', value: 'what ever' },
                  { title: 'Execution', value: 'Deploy' },
                  { title: 'Stage Name', value: 'bake' },
                  { title: 'Message', value: 'a "quote"\nand **more**' },
                  { title: 'Status', value: 'Failed' },
                ],
              },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'View in Spinnaker', url: LINK }],
          },
        },
      ],
    });
  });

  it('gets the card of a judgment, whose texts have several lines', async () => {
    await start(() => ({ MICROSOFTTEAMS_ENABLED: 'true' }));

    const answer = await notified.ask({
      notificationType: 'MICROSOFTTEAMS',
      to: [hook()],
      templateGroup: 'manualJudgment',
      source: { application: 'shop', executionId: 'X' },
      additionalContext: { stageName: 'Go', stageId: '3', restrictExecutionDuringTimeWindow: true },
    });

    expect(answer).toEqual([200, { value: null }]);
    expect(JSON.stringify(notified.provider.calls[0]?.[1])).toContain('details/X?refId=3&step=1');
  });

  it.each([
    [{ to: [] }, 200],
    [{ to: null }, 400],
    [{ to: ['http://127.0.0.1:1'] }, 400],
    [{ to: ['nonsense'] }, 400],
    [{ to: [], source: null }, 400],
  ])('%j answers %i', async (more, status) => {
    await start(() => ({ MICROSOFTTEAMS_ENABLED: 'true' }));

    const answer = await notified.ask({
      notificationType: 'MICROSOFTTEAMS',
      source: { application: 'shop' },
      additionalContext: { subject: 's', body: 'b' },
      ...more,
    });

    expect(answer[0]).toBe(status);
  });

  it('is not posted to an internal address', async () => {
    await start(() => ({ MICROSOFTTEAMS_ENABLED: 'true', PLATFORM_HTTP_ALLOWEDNETWORKS: '10.0.0.0/8' }));

    const [status, body] = await notified.ask({
      notificationType: 'MICROSOFTTEAMS',
      to: [hook()],
      source: { application: 'shop' },
      additionalContext: { subject: 's', body: 'b' },
    });

    expect(status).toBe(400);
    expect(body).toMatchObject({ message: expect.stringContaining('platform.http.allowedNetworks') as string });
    expect(notified.provider.asked).toEqual([]);
  });

  it("renders an operator's Jinja cards, into which no value can break", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-cards-'));
    writeFileSync(
      path.join(folder, 'pipeline-notification.jinja'),
      '{"title": "{{ cardTitle }}", "text": "{{ executionName }}"}',
    );
    writeFileSync(path.join(folder, 'event-notification.jinja'), '{"broken": {{ message }}');
    await start(() => ({ MICROSOFTTEAMS_ENABLED: 'true', MICROSOFTTEAMS_TEMPLATEPATH: folder }));

    await notified.report(
      'orca:pipeline:failed',
      { type: 'microsoftteams', address: hook() },
      { name: 'a "b"\n{{ x }}' },
    );
    await notified.ask({
      notificationType: 'MICROSOFTTEAMS',
      to: [hook()],
      source: { application: 'shop' },
      additionalContext: { subject: 's', body: 'b' },
    });

    rmSync(folder, { recursive: true });
    expect(notified.provider.calls[0]?.[1]).toEqual({ title: 'Pipeline failed for WHAT EVER', text: 'a "b"\n{{ x }}' });
    // The broken one steps aside for the built-in card.
    expect(notified.provider.calls[1]?.[1]).toMatchObject({ type: 'message' });
  });
});

describe('a channel that is off', () => {
  it('takes nothing', async () => {
    await start(() => ({}));

    await notified.report('orca:pipeline:failed', { type: 'slack', address: 'a' });

    expect(await notified.echo.app.get(Outbox).latest(1)).toEqual([]);
  });
});
