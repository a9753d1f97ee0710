import { HttpService } from '@nestjs/axios';
import type { INestApplicationContext } from '@nestjs/common';
import { lastValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { type RawPeer, rawAnswer, startRawPeer } from '../../../test/support/raw-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { BadAnswerError, EchoHttpModule, JsonHttp, UnusableAnswerError } from './index.js';

const clock = new ManualClock();
const settings = new TestSettings();
let answer = rawAnswer('{}');
let peer: RawPeer;
let context: INestApplicationContext;
let http: JsonHttp;

beforeEach(async () => {
  answer = rawAnswer('{}');
  peer = await startRawPeer(({ socket }) => void socket.write(answer));
  context = await nestContext([EchoHttpModule], { settings, clock });
  http = context.get(JsonHttp);
});

afterEach(async () => {
  await context.close();
  await peer.close();
  expect(clock.waiting, 'timers left behind').toBe(0);
});

const identity = { headers: { 'x-spinnaker-user': 'anonymous', 'x-spinnaker-request-id': 'r1' } };

/** The request as the peer saw it, without the host: request line, headers, body. */
async function sent(): Promise<{ line: string; headers: Record<string, string>; body: string }> {
  const [head = '', body = ''] = (await peer.request(1)).text.split('\r\n\r\n');
  const [line = '', ...lines] = head.split('\r\n');
  const pairs = lines.map((header) => header.split(': ') as [string, string]);
  const { host: _host, ...headers } = Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
  return { line, headers, body };
}

describe('Asking a JSON peer', () => {
  it('sends the body untouched, with its type and the identity it is made for', async () => {
    await http.post(`${peer.url}/plan`, { identity, body: '{"n": 1.0, "s":"\\u00e9"}', headers: { 'x-test': 'yes' } });

    expect(await sent()).toEqual({
      line: 'POST /plan HTTP/1.1',
      headers: {
        connection: 'keep-alive',
        accept: 'application/json',
        'user-agent': 'Echo',
        'content-type': 'application/json; charset=UTF-8',
        'x-spinnaker-user': 'anonymous',
        'x-spinnaker-request-id': 'r1',
        'x-test': 'yes',
        'content-length': '24',
      },
      body: '{"n": 1.0, "s":"\\u00e9"}',
    });
  });

  it('names no type where there is no body, and leaves an encoded URL as it is', async () => {
    await http.put(`${peer.url}/gcb/a%2Cb?status=%27x%27`);

    expect(await sent()).toEqual({
      line: 'PUT /gcb/a%2Cb?status=%27x%27 HTTP/1.1',
      headers: { connection: 'keep-alive', accept: 'application/json', 'user-agent': 'Echo', 'content-length': '0' },
      body: '',
    });
  });

  it('keeps identities to itself when propagation is off', async () => {
    settings.set('okHttpClient.propagateSpinnakerHeaders', false);
    await http.get(peer.url, { identity });
    settings.set('okHttpClient.propagateSpinnakerHeaders', true);

    expect((await peer.request(1)).text).not.toMatch(/x-spinnaker/i);
  });

  it('brings back JSON, with numbers as they were written, and null for no body', async () => {
    answer = rawAnswer('{"big": 9007199254740993}');
    expect(String(((await http.get(peer.url)) as { big: unknown }).big)).toBe('9007199254740993');

    answer = rawAnswer('', 'HTTP/1.1 204 No Content');
    expect(await http.get(peer.url)).toBeNull();
  });

  it('takes a megabyte', async () => {
    const text = 'x'.repeat(2 ** 20);
    answer = rawAnswer(JSON.stringify(text));

    expect(await http.get(peer.url)).toBe(text);
  });

  it('fails on a status that is no success, with what the peer says of it', async () => {
    answer = rawAnswer(
      '{"status":400,"message":"Pipeline\\nis disabled"}',
      'HTTP/1.1 400 Bad Request\r\nretry-after: 3',
    );

    const fault = await http.get(`${peer.url}/p?token=t0p`).catch((error: unknown) => error);

    expect(fault).toBeInstanceOf(BadAnswerError);
    expect(fault).toMatchObject({
      message: `GET ${peer.url}/p?token=*** answered 400: Pipeline is disabled`,
      code: 'http-400',
      retryable: false,
      retryAfterSeconds: 3,
    });
  });

  it.each([
    [404, false],
    [401, true],
    [429, true],
    [500, true],
    [302, true],
  ])('counts a %i as worth another try: %s', async (status, retryable) => {
    answer = rawAnswer('<html>', `HTTP/1.1 ${status} X`);

    const fault = await http.get(peer.url).catch((error: unknown) => error);

    expect(fault).toMatchObject({ message: `GET ${peer.url} answered ${status}`, retryable });
  });

  it('fails for good on a success that is no JSON, and shows how it begins', async () => {
    answer = rawAnswer(`<html>\n<p>${'proxy '.repeat(100)}`);

    const fault = await http.get(peer.url).catch((error: unknown) => error);

    expect(fault).toBeInstanceOf(UnusableAnswerError);
    expect(fault).toMatchObject({ code: 'unusable-answer', retryable: false });
    expect(fault).toHaveProperty('message', expect.stringMatching(/what is no JSON: <html> <p>proxy proxy .*$/));
    expect(String(fault).length).toBeLessThan(320);
  });

  it('passes on that no answer came, and the deadline that was given', async () => {
    answer = '';
    const fault = http.get(peer.url, { deadlineMs: 50 }).catch((error: unknown) => error);
    await peer.request(1);

    await clock.advance(50);

    expect(await fault).toMatchObject({ reach: 'ambiguous', code: 'deadline-exceeded' });
  });
});

describe("Nest's HttpService", () => {
  it('speaks through the same transport, and leaves statuses to whoever asks', async () => {
    answer = rawAnswer('plain text', 'HTTP/1.1 500 Oops');

    const response = await lastValueFrom(
      context.get(HttpService, { strict: false }).get<string>('/p', { baseURL: peer.url, params: { a: 1 } }),
    );

    expect([response.status, response.data]).toEqual([500, 'plain text']);
    expect((await sent()).line).toBe('GET /p?a=1 HTTP/1.1');
  });

  it('aborts the call when nobody waits for it any more', async () => {
    answer = '';
    const waiting = context.get(HttpService, { strict: false }).get(peer.url).subscribe();
    const { socket } = await peer.request(1);
    const closed = new Promise((resolve) => socket.once('close', resolve));

    waiting.unsubscribe();

    await closed;
  });
});
