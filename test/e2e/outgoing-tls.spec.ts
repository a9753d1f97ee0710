import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { tlsFile, tlsPair, tlsText } from '../support/tls-fixtures.js';
import { type TlsFront, startTlsFront } from '../support/tls-front.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

describe('an orca that speaks TLS and wants a certificate', () => {
  let spinnaker: FakeSpinnaker;
  let orca: TlsFront;
  let echo: RunningEcho;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'echo-out-'));
    spinnaker = await startFakeSpinnaker([webhookPipeline('busy')]);
    const wanting = { ca: tlsText('ca.pem'), requestCert: true, rejectUnauthorized: true };
    orca = await startTlsFront(Number(new URL(spinnaker.orca.url).port), { ...tlsPair('server'), ...wanting });
  });
  afterEach(async () => {
    await echo.close();
    await orca.close();
    rmSync(folder, { recursive: true });
  });

  /** Starts Echo with a trust store of its own. */
  async function start(trusted: string, env: Record<string, string> = {}): Promise<void> {
    copyFileSync(tlsFile(trusted), path.join(folder, 'trust'));
    echo = await startEcho({
      spinnaker,
      env: {
        ORCA_BASEURL: orca.url,
        OKHTTPCLIENT_TRUSTSTORE: path.join(folder, 'trust'),
        OKHTTPCLIENT_KEYSTORE: tlsFile('client.p12'),
        ...env,
      },
    });
  }

  async function startsAfterAWebhook(): Promise<number> {
    await echo.post('/webhooks/webhook/busy', {});
    await echo.idle();
    return spinnaker.orca.posted('/orchestrate').length;
  }

  it('starts pipelines, with the stores that the configuration names', async () => {
    await start('trust.p12');

    expect(await startsAfterAWebhook()).toBe(1);
  });

  it('starts them again once the store that must be trusted was renewed in place, without a restart', async () => {
    await start('other-ca.pem', {
      OKHTTPCLIENT_REFRESHABLEKEYS_ENABLED: 'true',
      OKHTTPCLIENT_REFRESHABLEKEYS_REFRESHPERIOD: '1s',
    });
    const before = await startsAfterAWebhook();

    copyFileSync(tlsFile('ca.pem'), path.join(folder, 'trust'));
    await until(async () => (await startsAfterAWebhook()) > 0);

    expect(before).toBe(0);
  });
});
