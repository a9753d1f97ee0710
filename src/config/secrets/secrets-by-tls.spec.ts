import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigWorkspace, sample } from '../../../test/support/config-workspace.js';
import { ProxyPeer } from '../../../test/support/proxy-peer.js';
import { tlsFile, tlsPair, tlsText } from '../../../test/support/tls-fixtures.js';
import { httpConfig } from '../../platform/http/http.config.js';
import { clientTlsConfig } from '../../platform/tls/index.js';
import { openConfiguration } from '../load.js';

const CREDENTIALS =
  '<Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>b</SecretAccessKey><SessionToken>c</SessionToken>' +
  '<Expiration>2199-01-01T00:00:00Z</Expiration></Credentials>';

/** What the services of Amazon and Google answer, under the names that only the proxy knows. */
const ANSWERS: Readonly<Record<string, string>> = {
  'sts.eu-west-1.amazonaws.com':
    '<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
    `<AssumeRoleWithWebIdentityResult>${CREDENTIALS}</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
  'secretsmanager.eu-west-1.amazonaws.com': JSON.stringify({ SecretString: 'from Secrets Manager' }),
  'bucket.s3.eu-west-1.amazonaws.com': 'from S3',
  'oauth2.googleapis.com': JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 3600 }),
  'secretmanager.googleapis.com': JSON.stringify({ payload: { data: btoa('from Secret Manager') } }),
  'storage.googleapis.com': 'from Cloud Storage',
};

const STORES = {
  OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem'),
  OKHTTPCLIENT_KEYSTORE: tlsFile('client-store.pem'),
};

describe('a store of secrets behind a proxy, with a certificate of a private CA, that wants one of Echo', () => {
  let workspace: ConfigWorkspace;
  let server: Server;
  let proxy: ProxyPeer;
  let asked: string[];

  beforeEach(async () => {
    workspace = new ConfigWorkspace();
    asked = [];
    const wanting = { ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
    server = createServer({ ...tlsPair('cloud'), ...wanting }, (request, response) => {
      const host = request.headers.host ?? '';
      asked.push(host);
      void text(request).then(() => response.setHeader('content-type', 'application/json').end(ANSWERS[host]));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await ProxyPeer.start({ leadsTo: (server.address() as AddressInfo).port });
    identify();
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await proxy.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    workspace.remove();
  });

  /** Who Echo is, as both clouds tell a workload. */
  function identify(): void {
    workspace.write('token', 'a token of the cluster');
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', workspace.path('token'));
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::123456789012:role/echo');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    const key = { type: 'service_account', client_email: 'echo@project', private_key: tlsText('client-key.pem') };
    workspace.write('google.json', JSON.stringify(key));
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', workspace.path('google.json'));
  }

  const opened = async (reference: string, env: Record<string, string>): Promise<unknown> => {
    workspace.write('config/echo.yml', `slack.token: ${reference}`);
    const settings = [...Object.values(sample), ...Object.values(httpConfig), ...Object.values(clientTlsConfig)];
    const inputs = { env: { PLATFORM_HTTP_HTTPSPROXY: proxy.address, ...env }, cwd: workspace.cwd, settings };
    return (await openConfiguration(inputs)).settings.get(sample.slackToken);
  };

  const S3 = 'encrypted:s3!r:eu-west-1!b:bucket!f:a';

  it.each([
    ['encrypted:secrets-manager!r:eu-west-1!s:slack', 'from Secrets Manager', 'sts.eu-west-1.amazonaws.com'],
    [S3, 'from S3', 'sts.eu-west-1.amazonaws.com'],
    ['encrypted:google-secrets-manager!p:project!s:slack', 'from Secret Manager', undefined],
    ['encrypted:gcs!b:bucket!f:a', 'from Cloud Storage', 'oauth2.googleapis.com'],
  ])('is opened, with credentials that come the same way: %s', async (reference, secret, credentialsFrom) => {
    expect(await opened(reference, STORES)).toBe(secret);

    const [store] =
      Object.entries(ANSWERS).find(([, answer]) => answer.includes(btoa(secret)) || answer.includes(secret)) ?? [];
    expect(asked).toEqual([...(credentialsFrom ? [credentialsFrom] : []), store]);
    expect(proxy.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(
      asked.map((host) => `CONNECT ${host}:443`),
    );
  });

  it.each([
    ['no certificate', { OKHTTPCLIENT_TRUSTSTORE: tlsFile('ca.pem') }],
    ['no trust', { ...STORES, OKHTTPCLIENT_TRUSTSTORE: tlsFile('other-ca.pem') }],
  ])('stays closed with %s, and the boot stops', async (_what, env) => {
    await expect(opened(S3, env)).rejects.toThrow('cannot be opened');
    expect(asked).toEqual([]);
  });

  it('is asked without the key store whose own password is a secret, which is used from then on', async () => {
    workspace.write('mount/tls/password', 'changeit');
    const env = {
      ECHO_SECRETS_PATH: workspace.path('mount'),
      OKHTTPCLIENT_KEYSTORE: tlsFile('client.p12'),
      OKHTTPCLIENT_KEYSTOREPASSWORD: 'encrypted:k8s!n:tls!k:password',
    };
    workspace.write('mount/slack/token', 'mounted');

    expect(await opened('encrypted:k8s!n:slack!k:token', env)).toBe('mounted');
  });
});
