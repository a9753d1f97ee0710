import { readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigWorkspace, sample } from '../../../test/support/config-workspace.js';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { restConfig } from '../../rest-forwarder/index.js';
import { ConfigurationError } from '../fault.js';
import { openConfiguration } from '../load.js';
import { accessBy } from './access.js';
import { googleSecretManager } from './google.js';
import { Secrets } from './secrets.js';

const DOCUMENT = 'github:\n  token: deep\npassword: "0123"\n';

/** A store of secrets on a socket, which records what it is asked. */
async function store(answer: (request: ReceivedRequest) => PeerReply): Promise<{
  readonly url: string;
  readonly asked: ReceivedRequest[];
  close(): Promise<void>;
}> {
  const asked: ReceivedRequest[] = [];
  const peer = await HttpPeer.start((request) => {
    asked.push(request);
    return answer(request);
  });
  return { url: peer.url, asked, close: () => peer.close() };
}

describe('a secret kept elsewhere', () => {
  let workspace: ConfigWorkspace;
  beforeEach(() => {
    workspace = new ConfigWorkspace();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'id');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'key');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    workspace.remove();
  });

  const slackToken = async (written: string, env: Record<string, string> = {}): Promise<unknown> => {
    workspace.write('config/echo.yml', `slack.token: ${written}`);
    const inputs = { env, cwd: workspace.cwd, settings: Object.values(sample) };
    return (await openConfiguration(inputs)).settings.get(sample.slackToken);
  };

  it('is read from a secret that Kubernetes mounts, one folder for each or one for all', async () => {
    workspace.write('mount/slack/token', 'one\n');
    workspace.write('mount/other', 'two');
    const env = { ECHO_SECRETS_PATH: workspace.path('mount') };

    expect(await slackToken('encrypted:k8s!n:slack!k:token', env)).toBe('one');
    expect(await slackToken('encrypted:kubernetes!n:slack!k:other', env)).toBe('two');
    expect(await slackToken('${TOKEN:encrypted:k8s!n:slack!k:token}', env)).toBe('one');
  });

  it('is a file that only this user can read where the path of one is wanted', async () => {
    workspace.write('mount/tls/store', 'bytes');

    const file = await slackToken('encryptedFile:k8s!n:tls!k:store', { ECHO_SECRETS_PATH: workspace.path('mount') });

    expect(readFileSync(String(file), 'utf8')).toBe('bytes');
    expect(statSync(String(file)).mode & 0o777).toBe(0o600);
  });

  it('is asked for in AWS Secrets Manager', async () => {
    const aws = await store(() => json({ SecretString: JSON.stringify({ token: 'from aws' }) }));
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', aws.url);

    expect(await slackToken('encrypted:secrets-manager!r:eu-west-1!s:echo/slack!k:token')).toBe('from aws');
    expect(JSON.parse(aws.asked[0]?.body ?? '')).toEqual({ SecretId: 'echo/slack' });
    await aws.close();
  });

  it('is fetched from S3, a part of it by its key', async () => {
    const aws = await store(() => ({ kind: 'answer', status: 200, type: 'application/yaml', body: DOCUMENT }));
    vi.stubEnv('AWS_ENDPOINT_URL_S3', aws.url);

    expect(await slackToken('encrypted:s3!r:eu-west-1!b:bucket!f:a/b.yml!k:github.token')).toBe('deep');
    expect(await slackToken('encrypted:s3!r:eu-west-1!b:bucket!f:a/b.yml!k:password')).toBe('0123');
    expect(aws.asked[0]?.url).toMatch(/^\/bucket\/a\/b\.yml/);
    await aws.close();
  });

  it('is fetched from Google Cloud Storage', async () => {
    const google = await store(() => ({ kind: 'answer', status: 200, type: 'application/yaml', body: DOCUMENT }));
    const env = { STORAGE_EMULATOR_HOST: google.url };

    expect(await slackToken('encrypted:gcs!b:bucket!f:a/b.yml!k:github.token', env)).toBe('deep');
    expect(google.asked[0]?.url).toBe('/storage/v1/b/bucket/o/a%2Fb.yml?alt=media');
    await google.close();
  });

  it('is asked for in Google Secret Manager, the latest version unless another is named', async () => {
    const google = await store(() => json({ payload: { data: Buffer.from('from google').toString('base64') } }));
    const { hostname, port } = new URL(google.url);
    const auth = { fetch, getRequestHeaders: async () => ({}), getUniverseDomain: async () => 'googleapis.com' };
    const engine = googleSecretManager({
      protocol: 'http',
      apiEndpoint: hostname,
      port: Number(port),
      auth: auth as never,
    });
    const secrets = new Secrets(new Map([['google-secrets-manager', engine]]));
    const reference = 'encrypted:google-secrets-manager!p:project!s:slack';

    secrets.behind(reference);
    await secrets.open(() => accessBy(new Map(), {}));

    expect(secrets.behind(reference)).toEqual({ kind: 'opened', text: 'from google' });
    expect(google.asked[0]?.url).toContain('/v1/projects/project/secrets/slack/versions/latest:access');
    await google.close();
  });

  it.each([
    ['encrypted:k8s!n:slack', "lacks '!k:<value>', which the store 'k8s' needs"],
    ['encrypted:k8s!n:slack!k:token', 'is mounted neither at /nowhere/slack/token nor at /nowhere/token'],
  ])('stops the boot by key when it cannot be opened: %s', async (reference, problem) => {
    const boot = slackToken(reference, { ECHO_SECRETS_PATH: '/nowhere' });

    await expect(boot).rejects.toThrow(ConfigurationError);
    await expect(boot).rejects.toThrow(
      `config/echo.yml:1: slack.token: its secret in 'k8s' cannot be opened: ${problem}`,
    );
  });

  it('stops the boot when the document has no such key, and shows nothing of it', async () => {
    const aws = await store(() => ({ kind: 'answer', status: 200, type: 'application/yaml', body: DOCUMENT }));
    vi.stubEnv('AWS_ENDPOINT_URL_S3', aws.url);
    const boot = slackToken('encrypted:s3!r:eu-west-1!b:bucket!f:x!k:github.gone');

    await expect(boot).rejects.toThrow("cannot be opened: has no text under the key 'github.gone'");
    await expect(boot).rejects.not.toThrow('deep');
    await aws.close();
  });

  it('comes from a file that <key>File names, by file or by variable, unless the key is written', () => {
    workspace.write('token', 'mounted\n');
    const file = workspace.path('token');
    workspace.write('config/echo.yml', `rest.endpoints: [{ url: http://x, password-file: ${file} }]`);

    const byVariable = workspace.load({ SLACK_TOKEN_FILE: file }).settings;
    const written = workspace.load({ SLACK_TOKENFILE: file, SLACK_TOKEN: 'own' }).settings;

    expect(byVariable.get(sample.slackToken)).toBe('mounted');
    expect(byVariable.get(sample.endpoints)).toMatchObject([{ password: 'mounted' }]);
    expect(written.get(sample.slackToken)).toBe('own');
    expect(workspace.load().warnings).toEqual([]);
  });

  it('leaves the file with the headers of a REST endpoint to that endpoint, and a header that is called a file', () => {
    workspace.write('config/echo.yml', 'rest.endpoints: [{ url: http://x, headersFile: f, headers: { X-File: v } }]');

    const { settings, warnings } = workspace.load({}, { settings: [restConfig.endpoints] });

    expect(settings.get(restConfig.endpoints)).toMatchObject([{ headersFile: 'f', headers: { 'X-File': 'v' } }]);
    expect(warnings).toEqual([]);
  });
});
