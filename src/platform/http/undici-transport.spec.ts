import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../test/support/free-port.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { type RawPeer, type RawRequest, rawAnswer, startRawPeer } from '../../../test/support/raw-peer.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Connections } from './connections.js';
import { type HttpCall, NoAnswerError, UndiciTransport, UnsendableCallError } from './index.js';

const clock = new ManualClock();
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  expect(clock.waiting, 'timers left behind').toBe(0);
});

function transportWith(values: Record<string, unknown> = {}): UndiciTransport {
  const settings = new TestSettings(values);
  const transport = new UndiciTransport(settings, clock, new Connections(settings));
  closing.push(() => transport.onApplicationShutdown());
  return transport;
}

async function peerThat(respond: (request: RawRequest) => void): Promise<RawPeer> {
  const peer = await startRawPeer(respond);
  closing.push(() => peer.close());
  return peer;
}

const answering = (body: string): Promise<RawPeer> => peerThat(({ socket }) => void socket.write(rawAnswer(body)));

/** The error that the call rejects with. */
const faultOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => expect.unreachable('an answer came'),
    (error: unknown) => error,
  );

describe('A call', () => {
  it('is sent as it is, to the byte', async () => {
    const peer = await answering('{}');
    const body = '{"name":"größer","n":1.0}';

    await transportWith().send({
      method: 'POST',
      url: `${peer.url}/orchestrate?q=a%2Cb`,
      headers: { 'content-type': 'application/json; charset=UTF-8', 'x-spinnaker-user': 'anonymous' },
      body,
    });

    expect(peer.requests.map(({ text }) => text)).toEqual([
      [
        'POST /orchestrate?q=a%2Cb HTTP/1.1',
        `host: ${peer.url.slice('http://'.length)}`,
        'connection: keep-alive',
        'content-type: application/json; charset=UTF-8',
        'x-spinnaker-user: anonymous',
        'content-length: 27',
        '',
        body,
      ].join('\r\n'),
    ]);
  });

  it('brings back status, headers and body of any answer', async () => {
    const head = 'HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nx-a: 1\r\nx-a: 2';
    const peer = await peerThat(({ socket }) => void socket.write(rawAnswer('später', head)));

    const answer = await transportWith().send({ method: 'GET', url: peer.url });

    expect(answer).toEqual({
      status: 503,
      headers: { 'retry-after': '7', 'x-a': '1, 2', 'content-length': '7' },
      body: 'später',
    });
  });

  it('puts characters together that were cut in two on the way', async () => {
    const bytes = Buffer.from(rawAnswer('"ü"'));
    const peer = await peerThat(({ socket }) => {
      socket.setNoDelay().write(bytes.subarray(0, -2));
      setImmediate(() => socket.write(bytes.subarray(-2)));
    });

    expect((await transportWith().send({ method: 'GET', url: peer.url })).body).toBe('"ü"');
  });

  it('does not follow a redirect', async () => {
    const peer = await peerThat(({ socket }) => void socket.write(rawAnswer('', 'HTTP/1.1 302 Found\r\nlocation: /b')));

    const answer = await transportWith().send({ method: 'GET', url: `${peer.url}/a` });

    expect(answer).toMatchObject({ status: 302, headers: { location: '/b' } });
    expect(peer.requests).toHaveLength(1);
  });

  it('uses a connection again', async () => {
    const peer = await answering('ok');
    const transport = transportWith();

    for (let i = 0; i < 3; i++) {
      await transport.send({ method: 'GET', url: peer.url });
      await clock.advance(0);
    }

    expect(peer.requests.map(({ connection }) => connection)).toEqual([1, 1, 1]);
  });

  it('waits its turn when the destination has as many as it may', async () => {
    const peer = await peerThat(() => undefined);
    const transport = transportWith({ 'okHttpClient.maxRequestsPerHost': 2 });
    const answers = [1, 2, 3].map((n) => transport.send({ method: 'GET', url: `${peer.url}/${n}` }));
    await peer.request(2);
    expect(peer.requests).toHaveLength(2);

    for (const number of [1, 2, 3]) (await peer.request(number)).socket.write(rawAnswer(String(number)));

    expect((await Promise.all(answers)).map(({ body }) => body).sort()).toEqual(['1', '2', '3']);
    expect(Math.max(...peer.requests.map(({ connection }) => connection))).toBe(2);
  });
});

describe('A call without an answer', () => {
  it('was surely not processed when the connection is refused', async () => {
    const url = `http://127.0.0.1:${await freePort()}/orchestrate`;

    const fault = await faultOf(transportWith().send({ method: 'POST', url, body: '{}' }));

    expect(fault).toBeInstanceOf(NoAnswerError);
    expect(fault).toMatchObject({ reach: 'unsent', code: 'connection-refused', retryable: true });
    expect(fault).toHaveProperty('message', `POST ${url}: connection refused`);
  });

  it('was surely not processed when TLS fails', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.end('220 no TLS here\r\n')));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => server.close(() => resolve())));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;

    const fault = await faultOf(transportWith().send({ method: 'POST', url, body: '{}' }));

    expect(fault).toMatchObject({ reach: 'unsent', code: 'tls-failed' });
    expect(fault).toHaveProperty('message', expect.stringContaining('is its address http:// instead of https://?'));
  });

  it('may have been processed when the connection is reset after it was sent, and is not sent again', async () => {
    const peer = await peerThat(({ socket }) => void socket.resetAndDestroy());

    const fault = await faultOf(transportWith().send({ method: 'GET', url: peer.url }));

    expect(fault).toMatchObject({ reach: 'ambiguous', code: 'connection-reset' });
    expect(peer.requests).toHaveLength(1);
  });

  it('may have been processed when a kept connection dies under it, and is not sent again', async () => {
    const peer = await peerThat(({ socket, text }) =>
      text.startsWith('GET') ? void socket.write(rawAnswer('ok')) : void socket.end(),
    );
    const transport = transportWith();
    await transport.send({ method: 'GET', url: peer.url });
    await clock.advance(0);

    const fault = await faultOf(transport.send({ method: 'POST', url: peer.url, body: '{}' }));

    expect(fault).toMatchObject({ reach: 'ambiguous', code: 'connection-reset' });
    expect(peer.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('may have been processed when the connection is lost in the middle of the answer', async () => {
    const peer = await peerThat(({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'));

    const fault = await faultOf(transportWith().send({ method: 'GET', url: peer.url }));

    expect(fault).toMatchObject({ reach: 'ambiguous', code: 'connection-reset' });
  });

  it('may have been processed when what comes back is no HTTP', async () => {
    const peer = await peerThat(({ socket }) => void socket.end('220 mail.example ESMTP\r\n'));

    expect(await faultOf(transportWith().send({ method: 'GET', url: peer.url }))).toMatchObject({
      reach: 'ambiguous',
      code: 'no-answer',
    });
  });
});

describe('The deadline', () => {
  it('ends a call that was sent, and says that it may have been processed', async () => {
    const peer = await peerThat(() => undefined);
    const fault = faultOf(transportWith().send({ method: 'GET', url: peer.url, deadlineMs: 700 }));
    await peer.request(1);

    await clock.advance(699);
    expect(clock.waiting).toBe(1);
    await clock.advance(1);

    expect(await fault).toMatchObject({ reach: 'ambiguous', code: 'deadline-exceeded' });
    expect(await fault).toHaveProperty('message', `GET ${peer.url}: no answer within 700 ms`);
  });

  it('covers the body of the answer', async () => {
    const peer = await peerThat(({ socket }) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'));
    const fault = faultOf(transportWith().send({ method: 'GET', url: peer.url, deadlineMs: 700 }));
    await peer.request(1);
    for (let turn = 0; turn < 10; turn++) await clock.advance(0);

    await clock.advance(700);

    expect(await fault).toMatchObject({ reach: 'ambiguous', code: 'deadline-exceeded' });
  });

  it('holds without being given, from the configuration', async () => {
    const peer = await peerThat(() => undefined);
    const fault = faultOf(transportWith({ 'okHttpClient.readTimeoutMs': 5 }).send({ method: 'GET', url: peer.url }));
    await peer.request(1);

    await clock.advance(5);

    expect(await fault).toMatchObject({ code: 'deadline-exceeded' });
  });

  it('ends a call that still waits for its turn, which is then never sent', async () => {
    const peer = await peerThat(() => undefined);
    const transport = transportWith({ 'okHttpClient.maxRequestsPerHost': 1 });
    const first = transport.send({ method: 'GET', url: `${peer.url}/first` });
    const second = faultOf(transport.send({ method: 'GET', url: `${peer.url}/second`, deadlineMs: 10 }));
    const { socket } = await peer.request(1);

    await clock.advance(10);
    socket.write(rawAnswer('1'));

    expect(await second).toMatchObject({ reach: 'unsent', code: 'deadline-exceeded' });
    await first;
    const third = transport.send({ method: 'GET', url: `${peer.url}/third` });
    expect((await peer.request(2)).text).toContain('GET /third');
    (await peer.request(2)).socket.write(rawAnswer('3'));
    await third;
  });
});

describe('Whoever makes a call', () => {
  it('can abort it while it is under way', async () => {
    const peer = await peerThat(() => undefined);
    const abort = new AbortController();
    const fault = faultOf(transportWith().send({ method: 'GET', url: peer.url, signal: abort.signal }));
    await peer.request(1);

    abort.abort();

    expect(await fault).toMatchObject({ reach: 'ambiguous', code: 'aborted' });
  });

  it('asks whether it may go out when it is about to, and sends nothing after a no', async () => {
    const peer = await peerThat(() => undefined);
    const transport = transportWith({ 'okHttpClient.maxRequestsPerHost': 1 });
    let wanted = true;
    const first = transport.send({ method: 'GET', url: `${peer.url}/1`, mayGoOut: () => wanted });
    const waiting = faultOf(transport.send({ method: 'GET', url: `${peer.url}/2`, mayGoOut: () => wanted }));
    const { socket } = await peer.request(1);

    wanted = false;
    socket.write(rawAnswer('1'));

    expect(await first).toMatchObject({ body: '1' });
    expect(await waiting).toMatchObject({ reach: 'unsent', code: 'withdrawn' });
    const last = transport.send({ method: 'GET', url: `${peer.url}/3` });
    (await peer.request(2)).socket.write(rawAnswer('3'));
    expect(await last).toMatchObject({ body: '3' });
    expect(peer.requests.map(({ text }) => text.split(' ')[1])).toEqual(['/1', '/3']);
  });

  it('sends nothing with a signal that is aborted already', async () => {
    const peer = await answering('ok');
    const call: HttpCall = { method: 'GET', url: peer.url, signal: AbortSignal.abort() };

    expect(await faultOf(transportWith().send(call))).toMatchObject({ reach: 'unsent', code: 'aborted' });
    expect(peer.requests).toHaveLength(0);
  });

  it('is told when the call can never be sent', async () => {
    const transport = transportWith();
    const calls: HttpCall[] = [
      { method: 'GET', url: '/relative' },
      { method: 'GET', url: 'ftp://example.com/' },
      { method: 'GET', url: 'http://127.0.0.1:1/', headers: { 'x-spinnaker-user': 'a\r\nx-evil: 1' } },
      { method: 'GET', url: 'http://127.0.0.1:1/', headers: { 'x-spinnaker-user': '名前' } },
    ];

    for (const call of calls) {
      const fault = await faultOf(transport.send(call));
      expect(fault).toBeInstanceOf(UnsendableCallError);
      expect(fault).toHaveProperty('retryable', false);
    }
  });

  it('learns of the shutdown at once, in the middle of a call and after it', async () => {
    const peer = await peerThat(() => undefined);
    const transport = transportWith();
    const underWay = faultOf(transport.send({ method: 'GET', url: peer.url }));
    await peer.request(1);

    await transport.onApplicationShutdown();

    expect(await underWay).toMatchObject({ reach: 'ambiguous', code: 'shut-down' });
    expect(await faultOf(transport.send({ method: 'GET', url: peer.url }))).toMatchObject({
      reach: 'unsent',
      code: 'shut-down',
    });
  });

  it('gets messages without secrets', async () => {
    const url = `http://user:pw@127.0.0.1:${await freePort()}/v1?room=a&token=t0p&api_key=k`;

    expect(await faultOf(transportWith().send({ method: 'GET', url }))).toHaveProperty(
      'message',
      expect.stringMatching(
        /^GET http:\/\/127\.0\.0\.1:\d+\/v1\?room=a&token=\*\*\*&api_key=\*\*\*: connection refused$/,
      ),
    );
  });
});
