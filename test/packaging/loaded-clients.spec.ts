import path from 'node:path';
import { expect, it } from 'vitest';
import { EchoProcess } from '../support/echo-process.js';
import { startFakeSpinnaker } from '../support/fake-spinnaker.js';

const NODE_OPTIONS = `--import ${path.join(import.meta.dirname, '../support/loaded-clients.mjs')}`;

const loadedIn = (log: string): string[] => [
  ...new Set([...log.matchAll(/^loaded: (.+)$/gm)].map(([, client = '']) => client)),
];

it('a service that uses no cloud loads no client of one', async () => {
  const { front50, orca, close } = await startFakeSpinnaker();
  const echo = await EchoProcess.start({ NODE_OPTIONS, FRONT50_BASEURL: front50.url, ORCA_BASEURL: orca.url });

  const loaded = loadedIn(echo.process.log());

  await Promise.all([echo.stop(), close()]);
  expect(loaded).toEqual([]);
});

it.each([
  ['encrypted:s3!r:eu-west-1!b:bucket!f:secrets.yml', '@aws-sdk/client-s3'],
  ['encrypted:secrets-manager!r:eu-west-1!s:slack', '@aws-sdk/client-secrets-manager'],
])('one with a secret at %s loads %s alone, and says why it does not start', async (SLACK_TOKEN, client) => {
  const credentials = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
  const nowhere = { HTTPS_PROXY: 'http://127.0.0.1:1' };

  const failed = EchoProcess.start({ NODE_OPTIONS, SLACK_TOKEN, ...credentials, ...nowhere });

  const { message } = (await failed.catch((error: unknown) => error)) as Error;
  expect(message).toContain('slack.token: its secret in');
  expect(loadedIn(message).filter((name) => name.includes('client-'))).toEqual([client]);
});
