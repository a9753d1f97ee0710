import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../support/http-peer.js';
import { type MailReply, type ReceivedMail, SmtpPeer } from '../support/smtp-peer.js';
import { readMail } from '../wire/mail.js';

let echo: RunningEcho;
let provider: HttpPeer;
let mailServer: SmtpPeer;
let asked: ReceivedRequest[];
let mails: ReceivedMail[];
/** What comes next; when none is left, all is well. */
let replies: PeerReply[];
let mailReplies: MailReply[];

beforeEach(async () => {
  [asked, mails, replies, mailReplies] = [[], [], [], []];
  provider = await HttpPeer.start((request) => {
    asked.push(request);
    return replies.shift() ?? json({ ok: true });
  });
  mailServer = await SmtpPeer.start((mail) => {
    mails.push(mail);
    return mailReplies.shift() ?? { kind: 'taken' };
  });
});

afterEach(async () => {
  await echo.close();
  await provider.close();
  await mailServer.close();
});

const start = async (env: Record<string, string> = {}): Promise<void> => {
  echo = await startEcho({
    env: {
      SPINNAKER_BASEURL: 'http://deck',
      MAIL_ENABLED: 'true',
      MAIL_FROM: 'echo@x.example',
      SPRING_MAIL_HOST: '127.0.0.1',
      SPRING_MAIL_PORT: String(mailServer.port),
      SLACK_ENABLED: 'true',
      SLACK_TOKEN: 'xoxb',
      SLACK_BASEURL: provider.url,
      SLACK_APP_TOKEN: 'xoxb-app',
      SLACK_APP_BASEURL: `${provider.url}/app`,
      ...env,
    },
  });
};

const slack = (address: string): object => ({ type: 'slack', address, when: ['pipeline.failed'] });
const mail = (address: string): object => ({ type: 'email', address, when: ['pipeline.failed'] });

const tell = (notifications: object[], execution: object = {}): Promise<Response> =>
  echo.post('/', {
    details: { source: 'orca', type: 'orca:pipeline:failed', application: 'shop' },
    content: { execution: { id: 'X', name: 'deploy', startTime: 1, endTime: 2, notifications, ...execution } },
  });

async function failed(notifications: object[], execution: object = {}): Promise<void> {
  await tell(notifications, execution);
  await echo.idle();
}

const channels = (): (string | null)[] => asked.map(({ body }) => new URLSearchParams(body).get('channel'));

const direct = (more: object): Promise<Response> =>
  echo.post('/notifications', {
    notificationType: 'SLACK',
    to: ['#a'],
    additionalContext: { subject: 'S', body: 'B', formatter: 'MARKDOWN' },
    ...more,
  });

describe('a transition that orca reports', () => {
  it('is told once, however often orca reports it', async () => {
    await start();

    await failed([slack('a'), slack('b'), slack('a')]);
    await failed([slack('a'), slack('b'), slack('a')]);

    // Who asks twice is told twice.
    expect(channels().sort()).toEqual(['a', 'a', 'b']);
  });

  it('is told again when the execution runs again', async () => {
    await start();

    await failed([slack('a')]);
    await failed([slack('a')], { endTime: 3 });

    expect(channels()).toEqual(['a', 'a']);
  });

  it('reaches the others where one message cannot be made or delivered', async () => {
    await start();
    replies = [json({ ok: false, error: 'channel_not_found' })];

    await failed([slack('gone'), mail('no@@address'), mail('a@b.example')]);

    expect(mails.map(({ to }) => to)).toEqual([['a@b.example']]);
    expect(await echo.app.get(Outbox).latest(5)).toContainEqual(
      expect.objectContaining({ kind: 'notification', state: 'dead', lastError: 'Slack: channel_not_found' }),
    );
  });

  it('waits as long as the provider asks and is told then', async () => {
    await start();
    replies = [{ kind: 'answer', status: 429, type: 'text/plain', body: '', headers: { 'retry-after': '0' } }];

    await failed([slack('a')]);

    expect(channels()).toEqual(['a', 'a']);
  });

  it('paces messages to one channel of Slack, and to no other', async () => {
    await start({ SLACK_CHANNELBURST: '1' });

    await failed([slack('a'), slack('a'), slack('b')]);

    expect(channels()).toEqual(['a', 'b', 'a']);
  });

  it('leaves a channel in peace for as long as Slack asks', async () => {
    await start();
    replies = [{ kind: 'answer', status: 429, type: 'text/plain', body: '', headers: { 'retry-after': '1' } }];
    await tell([slack('a')]);
    await until(async () => (await echo.app.get(Outbox).latest(1))[0]?.nextAttemptAt !== undefined);

    await tell([slack('a'), slack('b')], { id: 'Y' });
    await echo.idle();

    expect(channels()).toEqual(['a', 'b', 'a', 'a']);
  });

  it('escapes what comes from events in the medium, and keeps what the author wrote', async () => {
    await start();
    const message = { 'pipeline.failed': { text: 'look **here** <script>x</script>' } };

    await failed([{ ...mail('a@b.example'), message }], { name: '<b>deploy</b>' });

    const { subject, content } = readMail(mails[0]?.raw ?? '') as { subject: string; content: string[] };
    const [text, html] = content;
    expect(subject).toBe("shop's <b>deploy</b> pipeline has failed");
    expect(text).toContain('look here');
    expect(html).toContain('<td>&lt;b&gt;deploy&lt;/b&gt;</td>');
    expect(html).toContain('look <strong>here</strong>');
    expect(html).not.toContain('<script>');
  });
});

describe('a mail about an event', () => {
  it.each([
    [{ address: ['a@b.example', 'c@d.example'], cc: 'e@f.example' }, []],
    [{ address: 'a@b.example; c@d.example', customSubject: 7 }, [['a@b.example', 'c@d.example'], '7']],
  ])('reads what its author wrote as a text: %j', async (entry, told) => {
    await start();

    await failed([{ ...mail(''), ...entry }]);

    const read = mails.map(({ to, raw }) => [to, readMail(raw)['subject']]);
    expect(read.flat()).toEqual(told);
  });
});

describe('the mail server', () => {
  it('gets a mail again that it could not take yet, as the same mail', async () => {
    await start();
    mailReplies = [{ kind: 'refused', code: 451 }];

    await failed([mail('a@b.example')]);

    const [first, again] = mails.map(({ raw }) => /^Message-ID: <.+>$/m.exec(raw)?.[0]);
    expect(mails).toHaveLength(2);
    expect(again).toBe(first);
  });

  it('is not asked again after it refused for good', async () => {
    await start();
    mailReplies = [{ kind: 'refused', code: 550 }];

    await failed([mail('a@b.example')]);

    expect(mails).toHaveLength(1);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'dead' }]);
  });

  it('keeps one connection for many mails', async () => {
    await start({ MAIL_MAXCONNECTIONS: '1' });

    for (let i = 0; i < 3; i++) await direct({ notificationType: 'EMAIL', to: ['a@b.example'] });

    expect(mails).toHaveLength(3);
  });
});

describe('a direct notification', () => {
  it('goes to an incoming webhook as JSON, whose token is shown to nobody', async () => {
    await start({ SLACK_TOKEN: 'T/B/secret' });
    replies = [json({ ok: true }), { kind: 'answer', status: 404, type: 'text/plain', body: 'no_service' }];

    await direct({});
    const refused = await direct({});

    expect(asked[0]).toMatchObject({ url: '/T/B/secret' });
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ channel: '#a', attachments: [{ title: 'S', text: 'B' }] });
    expect(refused.status).toBe(404);
    expect(await refused.text()).not.toContain('secret');
  });

  it('goes through the app, with its buttons, where people are to answer', async () => {
    await start();
    const actions = [{ type: 'button', name: 'n', label: 'Yes', value: 'y' }];

    await direct({ interactiveActions: { callbackServiceId: 'keel', callbackMessageId: 'M', color: '#fff', actions } });

    const form = new URLSearchParams(asked[0]?.body);
    expect(asked[0]?.url).toBe('/app/api/chat.postMessage');
    expect(form.get('token')).toBe('xoxb-app');
    expect(JSON.parse(form.get('attachments') ?? '')).toMatchObject([
      { callback_id: 'keel:M', color: '#fff', actions: [{ type: 'button', name: 'n', text: 'Yes', value: 'y' }] },
    ]);
  });

  it('is answered as the provider answered, and recorded with those that were not tried any more', async () => {
    await start();
    replies = [json({ ok: true }), json({ message: 'busy' }, 503)];

    const answer = await direct({ to: ['#a', '#b', '#c'] });

    const message = `Status: 503, Method: POST, URL: ${provider.url}/api/chat.postMessage, Message: busy`;
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ status: 503, message });
    expect(channels()).toEqual(['#a', '#b']);
    const states = (await echo.app.get(Outbox).latest(3)).map(({ state }) => state);
    expect(states.sort()).toEqual(['dead', 'done', 'suppressed']);
  });

  it.each([
    [{ notificationType: null }, 'notificationType is missing: name a channel.'],
    [{ additionalContext: { subject: 'S' } }, 'additionalContext.body: expected a text, got nothing'],
    [{ additionalContext: { formatter: 'TEXT' } }, 'String input must not be null'],
    [{ severity: 'WEIRD' }, "severity: expected NORMAL or HIGH, got 'WEIRD'"],
    [
      { interactiveActions: { actions: [{ type: 'link' }] } },
      "interactiveActions.actions[0].type: expected 'button', got 'link'",
    ],
    [{ interactiveActions: { actions: [{ type: 'button' }] } }, 'name, text and value are required'],
    [
      { templateGroup: 'manualJudgmentContinue', additionalContext: {} },
      'The texts of manualJudgmentContinue need source.application, stageName, judgedBy.',
    ],
    [{ templateGroup: 'nobodys' }, "There is no template 'nobodys/subject'."],
    [{ notificationType: 'EMAIL', to: ['a@'] }, 'Missing domain'],
  ])('that cannot be read answers 400: %j', async (fault, message) => {
    await start();

    const answer = await direct(fault);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ message });
    expect(asked).toEqual([]);
  });

  it.each([
    [{ notificationType: 'PIGEON' }, 'No channel takes notifications of type PIGEON: nothing was sent.'],
    [
      { notificationType: 'email', useInteractiveBot: true },
      'No channel takes interactive notifications of type email: nothing was sent.',
    ],
  ])('that no channel takes answers 200 and says so: %j', async (of, message) => {
    await start();

    const answer = await direct(of);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ value: null, kind: 'untaken', message });
  });
});
