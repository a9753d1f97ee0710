import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

type Method = 'GET' | 'POST' | 'OPTIONS';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('hex')}`;

/** Tokens as variables set them. */
const TOKENS = {
  'SECURITY_TOKENS[0]_NAME': 'dashboard',
  'SECURITY_TOKENS[0]_HASH': hashOf('look'),
  'SECURITY_TOKENS[0]_SCOPES': 'read',
  'SECURITY_TOKENS[1]_NAME': 'gate',
  'SECURITY_TOKENS[1]_HASH': hashOf('send'),
};

let echo: RunningEcho;

afterEach(() => echo.close());

async function start(env: Record<string, string> = {}): Promise<void> {
  const variables = Object.entries({ ...TOKENS, ...env }).map(([name, value]) => [
    name.replaceAll(/\[(\d)\]/g, '_$1'),
    value,
  ]);
  echo = await startEcho({
    pipelines: [webhookPipeline('good')],
    env: Object.fromEntries(variables) as Record<string, string>,
  });
}

/** A call from another machine. */
async function call(method: Method, url: string, headers: Record<string, string> = {}) {
  const body = method === 'POST' ? { payload: '{}' } : {};
  const given = {
    host: 'echo.example.com',
    ...(method === 'POST' && { 'content-type': 'application/json' }),
    ...headers,
  };
  return echo.app.inject({ method, url, remoteAddress: '203.0.113.7', headers: given, ...body });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`me:${token}`).toString('base64')}` });

describe('what the original lacks', () => {
  it.each(['/admin/jobs', '/docs-json', '/events/x/decisions', '/metricsx'])(
    'is closed to strangers: %s',
    async (url) => {
      await start();

      const answer = await call('GET', url);
      if (url === '/metricsx') expect(answer.statusCode).toBe(404);
      else {
        expect(answer.statusCode).toBe(401);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
        expect(answer.json()).toMatchObject({
          status: 401,
          error: 'Unauthorized',
          message: expect.stringContaining('security.tokens') as string,
        });
      }
    },
  );

  it('is open to who has a token with the scope', async () => {
    await start();

    expect((await call('GET', '/admin/jobs', bearer('look'))).statusCode).toBe(200);
    expect((await call('GET', '/docs-json', bearer('look'))).statusCode).toBe(200);
    expect((await call('GET', '/admin/jobs', bearer('guess'))).statusCode).toBe(401);
    const forbidden = await call('GET', '/admin/jobs', bearer('send'));
    expect(forbidden.statusCode).toBe(403);
    expect(forbidden.json()).toMatchObject({ message: "The token 'gate' has not the scope read." });
  });

  it('asks a person in a browser for a token, as a password, and takes it from its own pages only', async () => {
    await start();
    const page = { accept: 'text/html,*/*' };

    expect((await call('GET', '/docs', page)).headers['www-authenticate']).toMatch(/^Basic realm=/);
    expect((await call('GET', '/docs', { ...page, ...basic('look') })).statusCode).toBe(200);
    const own = { ...basic('look'), origin: 'https://echo.example.com' };
    expect((await call('POST', '/events/dry-run', own)).statusCode).toBe(400);
    const others = { ...basic('look'), origin: 'https://evil.example.com' };
    expect((await call('POST', '/events/dry-run', others)).statusCode).toBe(401);
  });

  it('is not told by its answers to pages of other sites', async () => {
    await start();

    expect((await call('GET', '/admin/jobs', bearer('look'))).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
    expect((await call('OPTIONS', '/admin/jobs')).headers).not.toHaveProperty('access-control-allow-origin');
    expect((await call('GET', '/quietPeriod')).headers).toHaveProperty('access-control-allow-origin', '*');
  });

  it('counts wrong tokens, and has an address wait that shows too many', async () => {
    await start();
    for (let i = 0; i < 20; i++) await call('GET', '/admin/jobs', bearer(`guess ${i}`.replace(' ', '-')));

    const answer = await call('GET', '/admin/jobs', bearer('look'));

    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('what the original has', () => {
  it('is open', async () => {
    await start();

    expect((await call('POST', '/webhooks/webhook/good')).statusCode).toBe(200);
    expect((await call('POST', '/')).statusCode).toBe(200);
  });

  it('takes no more a second from one address than security.ingress.requestsPerSecond says', async () => {
    await start({ SECURITY_INGRESS_REQUESTSPERSECOND: '2' });
    const answers = [];
    for (let n = 0; n < 20; n++) answers.push(await call('POST', '/webhooks/webhook/good'));

    expect(answers[0]?.statusCode).toBe(200);
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect(echo.spinnaker.orca.posted('/orchestrate').length).toBeLessThan(20);
    expect((await call('GET', '/health')).statusCode).toBe(200);
  });

  it('wants a token where security.ingress says so; then nothing is accepted without', async () => {
    await start({ SECURITY_INGRESS_REQUIRE: 'token' });

    for (const url of ['/', '/webhooks/webhook/good', '/webhooks/webhook']) {
      expect([url, (await call('POST', url)).statusCode]).toEqual([url, 401]);
    }
    expect((await call('GET', '/quietPeriod')).statusCode).toBe(401);
    await echo.idle();
    expect(echo.spinnaker.orca.requests).toEqual([]);

    expect((await call('POST', '/webhooks/webhook/good', bearer('send'))).statusCode).toBe(200);
    await echo.idle();
    expect(echo.spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
  });

  it('lets networks in where security.ingress says so', async () => {
    await start({ SECURITY_INGRESS_REQUIRE: 'network', SECURITY_INGRESS_NETWORKS: '203.0.113.0/24' });
    expect((await call('POST', '/')).statusCode).toBe(200);
    await echo.close();

    await start({ SECURITY_INGRESS_REQUIRE: 'network', SECURITY_INGRESS_NETWORKS: '10.0.0.0/8' });
    expect((await call('POST', '/')).statusCode).toBe(401);
  });

  it.each(['/health', '/health/liveness', '/health/readiness', '/installedPlugins', '/metrics'])(
    'leaves %s open for those who watch',
    async (url) => {
      await start({ SECURITY_INGRESS_REQUIRE: 'token' });

      expect((await call('GET', url)).statusCode).toBe(200);
    },
  );
});

describe('metrics', () => {
  it('want any token where security.metrics says so', async () => {
    await start({ SECURITY_METRICS: 'token' });

    expect((await call('GET', '/metrics')).statusCode).toBe(401);
    const shown = await call('GET', '/metrics', bearer('send'));
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-type']).toMatch(/^text\/plain/);
    expect(shown.body).toContain('front50_requests_total');
  });
});

describe('every answer', () => {
  it.each(['/health', '/nowhere', '/admin/jobs', '/', '/%zz'])(
    'tells browsers to be careful with it: GET %s',
    async (url) => {
      await start();

      expect((await call('GET', url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      });
    },
  );

  it('lets pages load what they need from here', async () => {
    await start();

    const { headers } = await call('GET', '/docs', bearer('look'));
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers).not.toHaveProperty('strict-transport-security');
  });
});
