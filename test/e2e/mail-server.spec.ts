import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox } from '../../src/outbox/index.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { type ReceivedMail, type SmtpOptions, SmtpPeer } from '../support/smtp-peer.js';
import { tlsFile, tlsPair, tlsText } from '../support/tls-fixtures.js';
import { type TlsFront, startTlsFront } from '../support/tls-front.js';

let echo: RunningEcho;
let server: SmtpPeer;
let mails: ReceivedMail[];

beforeEach(() => void (mails = []));

afterEach(async () => {
  await echo.close();
  await server.close();
});

const PROPERTIES = 'SPRING_MAIL_PROPERTIES_MAIL_SMTP';
const OWN_CA = { OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem'), OKHTTPCLIENT_TRUSTSTORETYPE: 'PEM' };
const STARTTLS = { [`${PROPERTIES}_STARTTLS_ENABLE`]: 'true' };
const LOGIN = { SPRING_MAIL_USERNAME: 'echo', SPRING_MAIL_PASSWORD: 's3cret' };
const withTls: SmtpOptions = { tls: tlsPair('server') };

/** @param reachedAt where Echo reaches the server that listens at a port */
async function start(
  options: SmtpOptions,
  env: Record<string, string>,
  reachedAt: (port: number) => number | Promise<number> = (port) => port,
): Promise<void> {
  server = await SmtpPeer.start((mail) => {
    mails.push(mail);
    return { kind: 'taken' };
  }, options);
  echo = await startEcho({
    env: {
      MAIL_ENABLED: 'true',
      MAIL_FROM: 'echo@x.example',
      SPRING_MAIL_HOST: '127.0.0.1',
      SPRING_MAIL_PORT: String(await reachedAt(server.port)),
      ...env,
    },
  });
}

/** Has a mail sent; tells what a direct caller is answered. */
async function send(): Promise<{ status: number; message?: string }> {
  const answer = await echo.post('/notifications', {
    notificationType: 'EMAIL',
    to: ['a@b.example'],
    additionalContext: { subject: 'S', body: 'B' },
  });
  return { status: answer.status, ...((await answer.json()) as { message?: string }) };
}

describe('a mail server with STARTTLS', () => {
  it('gets mails in secret where that is wanted, and its certificate is checked', async () => {
    await start(withTls, { ...STARTTLS, ...OWN_CA });

    expect((await send()).status).toBe(200);

    expect(mails).toHaveLength(1);
    expect(server.connections).toMatchObject([{ secure: true }]);
  });

  it('gets them in the open where nobody asked for secrecy', async () => {
    await start(withTls, {});

    expect((await send()).status).toBe(200);
    expect(server.connections).toEqual([{ secure: false }]);
  });

  it('gets none where its certificate is not trusted, and no login', async () => {
    await start(withTls, { ...STARTTLS, ...LOGIN });

    expect(await send()).toMatchObject({ status: 500, message: expect.stringMatching(/^Mail server: .*certificate/) });

    expect(mails).toEqual([]);
    expect(server.connections.some(({ login }) => login)).toBe(false);
  });

  it.each(['*', 'other.example 127.0.0.1'])('is trusted unseen as mail.smtp.ssl.trust says: %s', async (trust) => {
    await start(withTls, { ...STARTTLS, [`${PROPERTIES}_SSL_TRUST`]: trust });

    expect((await send()).status).toBe(200);
    expect(server.connections).toMatchObject([{ secure: true }]);
  });

  it('is tried again where the fault is on the way, until its certificate is right', async () => {
    await start(withTls, STARTTLS);

    await echo.post('/', {
      details: { type: 'orca:pipeline:failed', application: 'shop' },
      content: {
        execution: {
          id: 'X',
          name: 'deploy',
          notifications: [{ type: 'email', address: 'a@b.example', when: ['pipeline.failed'] }],
        },
      },
    });
    await until(async () => ((await echo.app.get(Outbox).latest(1))[0]?.attempts ?? 0) > 0);

    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([
      { state: 'pending', lastError: expect.stringMatching(/certificate/) as string },
    ]);
  });
});

describe('a mail server that speaks TLS from the start, and wants a certificate', () => {
  const CLOSED = { ...tlsPair('server'), ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
  let front: TlsFront;

  async function startBehindTls(env: Record<string, string>): Promise<void> {
    await start({}, { SPRING_MAIL_PROTOCOL: 'smtps', ...env }, async (port) => {
      front = await startTlsFront(port, CLOSED);
      return Number(new URL(front.url).port);
    });
  }
  afterEach(() => front.close());

  it('gets mails of who shows one, and is trusted by the CA', async () => {
    await startBehindTls({ ...OWN_CA, OKHTTPCLIENT_KEYSTORE: tlsFile('client-store.pem') });

    expect((await send()).status).toBe(200);
    expect(mails).toHaveLength(1);
  });

  it.each([
    ['a certificate', OWN_CA],
    ['trust', { OKHTTPCLIENT_KEYSTORE: tlsFile('client-store.pem') }],
  ])('gets none without %s', async (_what, env) => {
    await startBehindTls(env);

    expect(await send()).toMatchObject({ status: 500, message: expect.stringMatching(/^Mail server: /) });
    expect(mails).toEqual([]);
  });
});

describe('a mail server without STARTTLS', () => {
  it('gets mails in the open where secrecy is only wished for', async () => {
    await start({}, STARTTLS);

    expect((await send()).status).toBe(200);
    expect(server.connections).toEqual([{ secure: false }]);
  });

  it('gets none where it is required', async () => {
    await start({}, { [`${PROPERTIES}_STARTTLS_REQUIRED`]: 'true', ...LOGIN });

    expect(await send()).toMatchObject({ status: 500, message: expect.stringMatching(/^Mail server: .*STARTTLS/i) });
    expect(mails).toEqual([]);
    expect(server.connections.some(({ login }) => login)).toBe(false);
  });
});

describe('a login at the mail server', () => {
  it.each(['PLAIN', 'LOGIN'])('is made by %s where the server offers that', async (method) => {
    await start({ methods: [method] }, LOGIN);

    expect((await send()).status).toBe(200);
    expect(server.connections).toEqual([{ secure: false, login: { method, user: 'echo', password: 's3cret' } }]);
  });

  it('that is refused ends the mail, in the words of the server', async () => {
    await start({ accepts: () => false }, LOGIN);

    expect(await send()).toMatchObject({
      status: 500,
      message: expect.stringContaining('535 5.7.8 wrong user or password'),
    });

    expect(mails).toEqual([]);
    expect(await echo.app.get(Outbox).latest(1)).toMatchObject([{ state: 'dead' }]);
  });
});
