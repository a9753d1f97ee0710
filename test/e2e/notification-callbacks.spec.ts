import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { json } from '../support/http-peer.js';
import { Notified } from '../support/notified.js';

let notified: Notified;

beforeEach(async () => {
  notified = await Notified.start((url) => ({
    SLACK_ENABLED: 'true',
    SLACK_APP_TOKEN: 'xoxb-app',
    SLACK_APP_BASEURL: `${url}/slack`,
    SLACK_APP_SIGNINGSECRET: 'shh',
    SLACK_HOOKSURL: `${url}/hooks`,
    KEEL_BASEURL: `${url}/keel`,
  }));
  notified.provider.answer('/slack/api/users.info', json({ ok: true, user: { profile: { email: 'john@doe.com' } } }));
});

afterEach(() => notified.close());

const payload = (more: object = {}): object => ({
  type: 'interactive_message',
  actions: [{ name: 'approval', type: 'button', value: 'yes' }],
  callback_id: 'keel:M1',
  user: { id: 'U1', name: 'john.doe' },
  response_url: 'https://hooks.slack.com/actions/T/1/a',
  original_message: { attachments: [{ text: 'Please', actions: [{ type: 'button', text: 'Yes', value: 'yes' }] }] },
  ...more,
});

async function press(more: object = {}, headers: Record<string, string> = {}, source = 'slack'): Promise<Response> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload(more)) }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', 'shh').update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(`${notified.echo.url}/notifications/callbacks/${source}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...headers,
    },
    body,
  });
}

describe('a button that somebody presses in Slack', () => {
  it('is told to the service that had asked, and then shown in the message', async () => {
    const answer = await press();

    expect([answer.status, await answer.text(), answer.headers.get('content-length')]).toEqual([200, '', '0']);
    expect(notified.provider.calls).toEqual([
      ['GET /slack/api/users.info?token=xoxb-app&user=U1', ''],
      [
        'POST /keel/notifications/callback',
        {
          actionPerformed: { type: 'button', name: 'approval', value: 'yes', label: null },
          serviceId: 'keel',
          messageId: 'M1',
          user: 'john@doe.com',
        },
      ],
      ['POST /hooks/actions/T/1/a', { attachments: [{ text: 'Please\n\nUser <@U1> clicked the *Yes* action.' }] }],
    ]);
    expect(notified.provider.asked[1]?.headers['x-spinnaker-user']).toBe('john@doe.com');
  });

  it('is told under the name at Slack where Slack does not answer', async () => {
    notified.provider.fail('/slack');

    await press();

    expect(notified.provider.calls[1]?.[1]).toMatchObject({ user: 'john.doe' });
  });

  it("is answered with the service's refusal, and not shown", async () => {
    notified.provider.answer('/keel', json({ message: 'too late' }, 409));

    const answer = await press();

    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      message: expect.stringMatching(/^Status: 409, .*too late$/) as string,
    });
    expect(notified.provider.asked).toHaveLength(2);
  });

  it.each([
    [{ 'x-slack-signature': 'v0=wrong' }, 400, 'Invalid Slack signature header.'],
    [
      { 'x-slack-request-timestamp': '1581528126' },
      400,
      'Slack request timestamp is older than 5 minutes. Replay attack?',
    ],
    [
      { 'content-type': 'application/json' },
      415,
      "Content type 'application/json' is not supported: send 'Content-Type: application/x-www-form-urlencoded'.",
    ],
  ])('is not believed with %j', async (headers, status, message) => {
    const answer = await press({}, headers);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ message });
    expect(notified.provider.asked).toEqual([]);
  });

  it.each([
    ['slack', { callback_id: 'nobody:M' }, 400, 'Base URL for service nobody not found in the configuration.'],
    ['email', {}, 404, 'NotificationService for email not registered'],
    ['pigeon', {}, 404, 'NotificationService for pigeon not registered'],
  ])('goes nowhere: %s %j', async (source, more, status, message) => {
    const answer = await press(more, {}, source);

    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ message });
  });
});
