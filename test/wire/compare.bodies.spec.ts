import { describe, expect, it } from 'vitest';
import { faults, ID_1, ID_2, OK, request } from './comparing.js';
import type { Json, JsonObject } from './json.js';
import type { Answer, SentRequest } from './recording.js';

describe('forwards to REST endpoints', () => {
  const forward = request({ peer: 'any', url: '/rest/plain/', body: { details: {} } });

  it('of ours are ignored where the recording has none', () => {
    expect(faults({ recorded: [], actual: [forward] })).toEqual([]);
    expect(faults({ recorded: [], actual: [{ ...forward, url: '/broker' }] })).not.toEqual([]);
  });

  it('count where the recording has some', () => {
    expect(faults({ recorded: [forward], actual: [forward] })).toEqual([]);
    expect(faults({ recorded: [forward], actual: [] })).not.toEqual([]);
  });

  it('are left out on both sides as long as nobody forwards', () => {
    expect(faults({ recorded: [forward], actual: [], forwardsCount: false })).toEqual([]);
    expect(faults({ recorded: [], actual: [forward], forwardsCount: false })).toEqual([]);
  });

  it('carry the address and the id of the player, but no headers that prove who called', () => {
    const headers = { host: ['127.0.0.1:8089'], 'user-agent': ['node'], 'x-hub-signature': ['sha1=1'], cookie: ['c'] };
    const recorded = { ...forward, body: { details: { requestHeaders: headers } } };
    const { host: _, ...others } = headers;
    const actual = (requestHeaders: JsonObject) => [{ ...forward, body: { details: { requestHeaders } } }];

    const report = (requestHeaders: JsonObject) => faults({ recorded: [recorded], actual: actual(requestHeaders) });

    expect(report({ host: ['127.0.0.1:41234'], 'user-agent': ['node'] })).toEqual([]);
    expect(report({ host: ['127.0.0.1:41234'], ...others })).not.toEqual([]);
    expect(report({ host: ['elsewhere'], 'user-agent': ['node'] })).not.toEqual([]);
  });

  it('hold details and content as text when flattened, compared as what they say', () => {
    const flat = (details: Json) => ({ ...forward, url: '/rest/flat/', body: { payload: { details } } });

    expect(faults({ recorded: [flat('{"a":1,"b":2}')], actual: [flat('{"b":2, "a":1}')] })).toEqual([]);
    expect(faults({ recorded: [flat('{"a":1}')], actual: [flat('{"a":2}')] })).not.toEqual([]);
    expect(faults({ recorded: [flat('{"a":1}')], actual: [flat({ a: 1 })] })).not.toEqual([]);
  });
});

describe('forms', () => {
  const form = (body: string) =>
    request({ peer: 'any', body, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } });

  it('are decoded, in any order', () => {
    expect(faults({ recorded: [form('a=1&b=x%20y')], actual: [form('b=x+y&a=1')] })).toEqual([]);
    expect(faults({ recorded: [form('a=1&b=x')], actual: [form('a=1&b=y')] })).not.toEqual([]);
    expect(faults({ recorded: [form('a=1')], actual: [form('a=1&a=2')] })).not.toEqual([]);
  });

  it('hold attachments as JSON, compared as what they say', () => {
    const attached = (attachments: string) => form(new URLSearchParams({ attachments }).toString());

    expect(
      faults({
        recorded: [attached('[ {"a": 1, "ts": 1795444938} ]')],
        actual: [attached('[{"ts":1699999999,"a":1}]')],
      }),
    ).toEqual([]);
    expect(faults({ recorded: [attached('[{"a":1}]')], actual: [attached('[{"a":2}]')] })).not.toEqual([]);
  });
});

describe('addresses in chat notifications', () => {
  const steps = [{ path: '/', body: { to: 'http://127.0.0.1:18090/teams/wh' } }];
  const card = (url: string) => [request({ peer: 'any', url })];

  it('are used as they are given, not with the path doubled', () => {
    expect(faults({ steps, recorded: card('/teams/wh/teams/wh'), actual: card('/teams/wh') })).toEqual([]);
    expect(faults({ steps, recorded: card('/teams/wh/teams/wh'), actual: card('/teams/wh/teams/wh') })).not.toEqual([]);
    expect(faults({ steps, recorded: card('/other/other'), actual: card('/other') })).not.toEqual([]);
  });
});

describe('bodies that are JSON in a JSON text', () => {
  const event = (body: Json) => [request({ peer: 'any', url: '/broker', body })];

  it('are compared as what they say, but stay text', () => {
    expect(faults({ recorded: event(`{"a":1,"id":"${ID_1}"}`), actual: event(`{"id":"${ID_2}","a":1}`) })).toEqual([]);
    expect(faults({ recorded: event('{"a":1}'), actual: event('{"a":2}') })).not.toEqual([]);
    expect(faults({ recorded: event('{"a":1}'), actual: event({ a: 1 }) })).not.toEqual([]);
  });
});

describe('mails', () => {
  const steps = [
    { path: '/notifications', body: { additionalContext: { subject: 'Hello', body: 'some **bold** text' } } },
  ];
  const mail = (raw: string, to = ['a@b.example', 'e@f.example']): SentRequest => ({
    ...{ peer: 'smtp', method: 'MAIL', url: 'echo@x.example', headers: {} },
    body: { to, raw: raw.replaceAll('\n', '\r\n') },
  });
  const head = 'From: echo@x.example\nTo: a@b.example\nCc: e@f.example\n';
  const text = '<p>some <strong>bold</strong> text</p>\nTo see more: http://deck/x?a=1&b=2';
  const original = mail(
    `Date: Mon, 23 Nov 2026 14:43:32 +0000\nMessage-ID: <1@localhost>\n${head}Subject: Über\n lang\n\n${text}`,
  );
  const ours = (changes: { subject?: string; text?: string; html?: string; head?: string } = {}) =>
    `Message-ID: <2@echo>\n${changes.head ?? head}Subject: ${changes.subject ?? '=?utf-8?Q?=C3=9Cber_?=\n =?UTF-8?B?bGFuZw==?='}
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

${changes.text ?? 'some *bold* text, more at http://deck/x?a=1&b=2.'}
--b1
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

${changes.html ?? '<p>some <b>bo=\nld</b> text</p><a href=3D"http://deck/x?a=3D1&amp;b=3D2">more</a>'}
--b1--
`;
  const report = (...mails: SentRequest[]) => faults({ steps, recorded: [original], actual: mails });

  it('may have another structure, another frame, another date', () => {
    expect(report(original)).toEqual([]);
    expect(report(mail(ours()))).toEqual([]);
    expect(report(mail(ours(), ['e@f.example', 'a@b.example']))).toEqual([]);
  });

  it('count by envelope, addresses and decoded subject', () => {
    expect(report({ ...mail(ours()), url: 'other@x.example' })).not.toEqual([]);
    expect(report(mail(ours(), ['a@b.example']))).not.toEqual([]);
    expect(report(mail(ours({ head: head.replace('Cc:', 'Bcc:') })))).not.toEqual([]);
    expect(report(mail(ours({ subject: 'Über  lang' })))).not.toEqual([]);
  });

  it('count by every link and the given text', () => {
    const linkless = { text: 'some bold text', html: '<p>some <b>bold</b> text</p>' };
    const otherText = {
      text: 'bold text http://deck/x?a=3D1&b=3D2',
      html: '<a href=3D"http://deck/x?a=3D1&amp;b=3D2">bold text</a>',
    };

    expect(report(mail(ours(linkless)))).toEqual([
      expect.stringContaining('the link http://deck/x?a=1&b=2 is missing'),
    ]);
    expect(report(mail(ours(otherText)))).toEqual([
      expect.stringContaining('the given text "some bold text" is missing'),
    ]);
  });
});

describe('answers', () => {
  const report = (recorded: Answer, actual: Answer, differs?: string) =>
    faults({ responses: [recorded], answers: [actual], ...(differs === undefined ? {} : { differs }) });
  const error = (changes: JsonObject = {}): Answer => ({
    status: 400,
    body: { timestamp: '2026-11-23T15:05:30.662Z', status: 400, error: 'Bad Request', message: 'no', ...changes },
  });

  it('count by status and body', () => {
    expect(report(OK, OK)).toEqual([]);
    expect(report(OK, { status: 202, body: '' })).not.toEqual([]);
    expect(report(OK, { status: 200, body: {} })).not.toEqual([]);
    expect(report({ status: 200, body: { value: null } }, { status: 200, body: {} })).toEqual([]);
    expect(faults({ responses: [OK, OK], answers: [OK] })).not.toEqual([]);
  });

  it('of an error count by status and message, in the body that all errors have', () => {
    const recorded = error({ exception: 'com.x.InvalidRequestException', timestamp: '2025-11-23T15:05:30.662+00:00' });

    expect(report(recorded, error())).toEqual([]);
    expect(report(recorded, error({ error: 'Worse' }))).toEqual([]);
    expect(report(recorded, error({ message: 'No' }))).not.toEqual([]);
    expect(report(recorded, error({ exception: 'x' }))).not.toEqual([]);
    expect(report(recorded, error({ status: 500 }))).not.toEqual([]);
    expect(report(recorded, { status: 400, body: { message: 'no' } })).not.toEqual([]);
    expect(report(recorded, { ...error(), status: 422 })).not.toEqual([]);
  });

  it('of an error have a message for people where the original has no body', () => {
    expect(report({ status: 400, body: '' }, error())).toEqual([]);
    expect(report({ status: 400, body: '' }, { status: 400, body: '' })).not.toEqual([]);
    expect(report({ status: 400, body: '' }, error({ message: '' }))).not.toEqual([]);
    expect(report({ status: 400, body: '' }, error({ message: 'java.lang.NullPointerException' }))).not.toEqual([]);
  });

  it('are repaired by decision 8', () => {
    const recorded = { status: 500, body: { message: 'Index 5 out of bounds for length 5' } };

    expect(report(recorded, error(), 'decision 8: 400 with message instead of 500')).toEqual([]);
    expect(report(recorded, recorded, 'decision 8: 400 with message instead of 500')).not.toEqual([]);
    const valid = { status: 200, body: { response: 'Cron expression is valid', description: 'At 10:00 AM' } };
    expect(report(error(), valid, 'decision 8: valid for Quartz, so 200 with a description')).toEqual([]);
    expect(report(error(), error(), 'decision 8: valid for Quartz, so 200 with a description')).not.toEqual([]);
  });
});

describe('our own wording (decision 27)', () => {
  const differs = 'decision 27: the wording of templated messages is ours';
  const steps = [
    { path: '/', body: { additionalContext: { stageName: 'Judge me', instructions: 'look *here*', x: 'unused' } } },
  ];
  const slack = (title: string, text: string, color = '#ccc') => {
    const body = new URLSearchParams({
      channel: '#c',
      attachments: JSON.stringify([{ title, text, color }]),
    }).toString();
    return [request({ peer: 'any', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })];
  };
  const recorded = slack(
    'Stage Judge me waits',
    'Stage <http://deck/1?refId=S1|Judge me> waits.\n*Instructions:*\nlook _here_',
  );
  const report = (...actual: SentRequest[]) => faults({ steps, differs, recorded, actual });

  it('may say it otherwise, with the links and the given texts', () => {
    expect(report(...slack('Please decide: Judge me', '<http://deck/1?refId=S1|Judge me>: look *here*'))).toEqual([]);
  });

  it('has to keep links, given texts and all that is no wording', () => {
    expect(report(...slack('Judge me', '<http://deck/2|Judge me>: look here'))).not.toEqual([]);
    expect(report(...slack('Judge me', '<http://deck/1?refId=S1|Judge me>: look there'))).not.toEqual([]);
    expect(report(...slack('Decide', '<http://deck/1?refId=S1|Judge me>: look here'))).not.toEqual([]);
    expect(report(...slack('Judge me', '<http://deck/1?refId=S1|Judge me>: look here', 'red'))).not.toEqual([]);
  });
});
