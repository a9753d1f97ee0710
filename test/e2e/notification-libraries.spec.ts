import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEcho } from '../support/echo.js';
import { json } from '../support/http-peer.js';
import { LINK, Notified } from '../support/notified.js';

let notified: Notified;

afterEach(() => notified.close());

describe("PagerDuty's events API v2, by its own client", () => {
  const env = (url: string) => ({ PAGERDUTY_ENABLED: 'true', PAGERDUTY_ENDPOINT: url, PAGERDUTY_EVENTSAPI: 'v2' });
  const accepted = json({ status: 'success', dedup_key: 'x' }, 202);

  beforeEach(async () => {
    notified = await Notified.start(env, true);
    notified.provider.answer('/v2/enqueue', accepted);
  });

  it('opens an incident when a pipeline fails and ends it with its next success, whoever asked for the failure only', async () => {
    const whoAsked = { type: 'pagerduty', address: 'R1', when: ['pipeline.failed'] };

    await notified.report('orca:pipeline:failed', whoAsked, { pipelineConfigId: 'P' });
    await notified.report('orca:pipeline:complete', whoAsked, { pipelineConfigId: 'P' });
    await notified.report('orca:pipeline:starting', whoAsked, { pipelineConfigId: 'P' });

    const event = {
      dedup_key: 'P',
      routing_key: 'R1',
      client: 'Spinnaker',
      links: [{ href: LINK, text: 'View in Spinnaker' }],
    };
    const payload = { source: 'what ever', severity: 'error' };
    expect(notified.provider.calls).toEqual([
      [
        'POST /v2/enqueue',
        {
          ...event,
          event_action: 'trigger',
          payload: { ...payload, summary: "what ever's Deploy pipeline has failed" },
        },
      ],
      [
        'POST /v2/enqueue',
        {
          ...event,
          event_action: 'resolve',
          payload: { ...payload, summary: "what ever's Deploy pipeline has completed successfully" },
        },
      ],
    ]);
  });

  it('takes direct pages, with a link and one incident per execution', async () => {
    const page = {
      notificationType: 'PAGER_DUTY',
      to: ['R1', 'R2'],
      source: { user: 'u', application: 'shop', executionId: 'X' },
      additionalContext: { message: 'Disk full', details: { from: 'u' } },
    };

    expect(await notified.ask(page)).toEqual([200, { value: null }]);

    expect(notified.provider.calls[1]).toEqual([
      'POST /v2/enqueue',
      {
        event_action: 'trigger',
        routing_key: 'R2',
        dedup_key: 'X',
        client: 'Spinnaker (u)',
        payload: { summary: 'Disk full', source: 'shop', severity: 'critical', custom_details: { from: 'u' } },
        links: [{ href: 'http://deck/#/applications/shop/executions/details/X', text: 'View in Spinnaker' }],
      },
    ]);
  });

  it("answers with PagerDuty's words where it refuses", async () => {
    notified.provider.answer('/v2/enqueue', json({ status: 'invalid event', message: 'Event object is invalid' }, 400));

    const [status, body] = await notified.ask({ notificationType: 'PAGER_DUTY', to: ['R1'], source: { user: 'u' } });

    expect([status, body]).toMatchObject([
      400,
      { message: expect.stringContaining('Event object is invalid') as string },
    ]);
  });
});

const GRAPH = (url: string) => ({
  MICROSOFTGRAPH_TENANTID: 'tenant',
  MICROSOFTGRAPH_CLIENTID: 'client',
  MICROSOFTGRAPH_ENDPOINT: url,
  MICROSOFTGRAPH_AUTHORITY: `${url}/login`,
});

describe('mail through Microsoft Graph', () => {
  const mail = {
    notificationType: 'EMAIL',
    to: ['a@b.example'],
    cc: ['c@d.example'],
    additionalContext: { subject: 'S', body: 'B', formatter: 'MARKDOWN' },
  };

  beforeEach(async () => {
    notified = await Notified.start(
      (url) => ({
        ...GRAPH(url),
        MICROSOFTGRAPH_CLIENTSECRET: 'shh',
        MAIL_ENABLED: 'true',
        MAIL_TRANSPORT: 'graph',
        MAIL_FROM: 'echo@x.example',
      }),
      true,
    );
    notified.provider.answer('/login', json({ access_token: 'T', expires_in: 3600 }));
  });

  it('is sent as the application, with one token for many', async () => {
    notified.provider.answer('/v1.0', { kind: 'answer', status: 202, type: 'text/plain', body: '' });

    expect(await notified.ask(mail)).toEqual([200, { value: null }]);
    await notified.ask(mail);

    const [token, first] = notified.provider.asked;
    expect(notified.provider.asked.map(({ url }) => url)).toEqual([
      '/login/tenant/oauth2/v2.0/token',
      '/v1.0/users/echo%40x.example/sendMail',
      '/v1.0/users/echo%40x.example/sendMail',
    ]);
    expect(Object.fromEntries(new URLSearchParams(token?.body))).toMatchObject({
      client_id: 'client',
      client_secret: 'shh',
      grant_type: 'client_credentials',
      scope: `${notified.provider.url}/.default`,
    });
    expect(first?.headers['authorization']).toBe('Bearer T');
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      message: {
        subject: 'S',
        body: { contentType: 'HTML', content: expect.stringContaining('<p>B</p>') as string },
        toRecipients: [{ emailAddress: { address: 'a@b.example' } }],
        ccRecipients: [{ emailAddress: { address: 'c@d.example' } }],
      },
      saveToSentItems: false,
    });
  });

  it("is answered with Graph's words where it refuses", async () => {
    notified.provider.answer(
      '/v1.0',
      json({ error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } }, 403),
    );

    expect(await notified.ask(mail)).toMatchObject([
      403,
      { message: 'Microsoft Graph: ErrorAccessDenied: Access is denied.' },
    ]);
  });
});

describe('Microsoft Teams through Graph', () => {
  let folder: string;
  const place = 'teams/T1/channels/19:abc@thread.tacv2';

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'echo-graph-'));
    writeFileSync(path.join(folder, 'token'), 'refresh-1\n');
    notified = await Notified.start(
      (url) => ({
        ...GRAPH(url),
        MICROSOFTTEAMS_ENABLED: 'true',
        MICROSOFTTEAMS_GRAPH: 'true',
        MICROSOFTTEAMS_TOKENFILE: path.join(folder, 'token'),
      }),
      true,
    );
    notified.provider.answer('/login', json({ access_token: 'T', expires_in: 3600, refresh_token: 'refresh-2' }));
    notified.provider.answer('/v1.0', json({ id: '1' }, 201));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('posts as the user whose token it was lent, and keeps the new one', async () => {
    await notified.report('orca:pipeline:failed', { type: 'microsoftteams', address: place });

    const [token, post] = notified.provider.asked;
    expect(new URLSearchParams(token?.body).get('refresh_token')).toBe('refresh-1');
    expect(readFileSync(path.join(folder, 'token'), 'utf8')).toBe('refresh-2');
    expect(post?.url).toBe(`/v1.0/${place}/messages`);
    const { body, attachments } = JSON.parse(post?.body ?? '') as {
      body: { contentType: string; content: string };
      attachments: { id: string; contentType: string; content: string }[];
    };
    const [card] = attachments;
    expect(body).toEqual({ contentType: 'html', content: `<attachment id="${card?.id}"></attachment>` });
    expect(card?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect(JSON.parse(card?.content ?? '')).toMatchObject({ type: 'AdaptiveCard' });
  });

  it('does not come up without the token of a user, and says why', async () => {
    const env = { MICROSOFTTEAMS_GRAPH: 'true', MICROSOFTGRAPH_CLIENTSECRET: 'shh' };

    await expect(startEcho({ env })).rejects.toThrow('refuses messages of an application (app-only token)');
  });
});
