import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedServer } from '../../src/platform/database/embedded/embedded-server.js';
import { type RunningEcho, startEcho, until } from '../support/echo.js';
import { tlsFile, tlsText } from '../support/tls-fixtures.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

/** TLS alone, for who shows a certificate of the private CA. */
const CLOSED = 'hostssl all all 127.0.0.1/32 trust clientcert=verify-ca\n';

let folder: string;
let server: EmbeddedServer;
let echo: RunningEcho | undefined;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-database-tls-'));
  chmodSync(folder, 0o755);
  const data = path.join(folder, 'data');
  await (await EmbeddedServer.start({ folder: data })).stop();
  const { uid, gid } = statSync(data);
  const own = (name: string, make: (file: string) => void): string => {
    const file = path.join(data, name);
    make(file);
    chownSync(file, uid, gid);
    chmodSync(file, 0o600);
    return file;
  };
  const copied = (name: string): string => own(name, (file) => copyFileSync(tlsFile(name), file));
  const files = {
    ssl_cert_file: copied('server.pem'),
    ssl_key_file: copied('server-key.pem'),
    ssl_ca_file: copied('ca.pem'),
    hba_file: own('closed_hba.conf', (file) => writeFileSync(file, CLOSED)),
  };
  const flags = ['ssl=on', ...Object.entries(files).map(([name, file]) => `${name}=${file}`)];
  server = await EmbeddedServer.start({ folder: data, flags });
}, 60_000);

afterEach(async () => {
  await echo?.close();
  echo = undefined;
});

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ROOT = `sslrootcert=${tlsFile('ca.pem')}`;
const OWN = `sslcert=${tlsFile('client.pem')}&sslkey=${tlsFile('client-key.pem')}`;

async function start(host: string, parameters: string): Promise<RunningEcho> {
  const url = `jdbc:postgresql://${host}:${server.address.port}/postgres?user=${server.address.user}&${parameters}`;
  const env = { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: url, SQL_CONNECTIONPOOL_CONNECTIONTIMEOUTMS: '2000' };
  return (echo = await startEcho({ pipelines: [webhookPipeline('ci')], env }));
}

describe('a database that speaks TLS alone, and wants a certificate', () => {
  it.each(['localhost', '127.0.0.1'])('keeps events and effects, and wakes instances, as %s', async (host) => {
    const running = await start(host, `sslmode=verify-full&${ROOT}&${OWN}`);
    await running.post('/webhooks/webhook/ci', {});
    await running.idle();

    expect(running.spinnaker.orca.posted('/orchestrate')).toHaveLength(1);
    await until(async () => (await connections()).length > 1);
    for (const connection of await connections()) expect(connection).toEqual({ ssl: true, client_dn: '/CN=deploy' });
  });

  it.each([
    ['without TLS', 'sslmode=disable', 'no pg_hba.conf entry'],
    ['without a certificate', `sslmode=verify-full&${ROOT}`, 'connection requires a valid client certificate'],
    ['without trust', `sslmode=verify-full&sslrootcert=${tlsFile('other-ca.pem')}&${OWN}`, 'certificate'],
  ])('is not reached %s', async (_what, parameters, problem) => {
    await expect(start('localhost', parameters)).rejects.toThrow(problem);
  });
});

/** How Echo's connections are secured, seen from the database. */
async function connections(): Promise<object[]> {
  const { host, port, user, database } = server.address;
  const ssl = { ca: tlsText('ca.pem'), cert: tlsText('client.pem'), key: tlsText('client-key.pem') };
  const client = new pg.Client({ host, port, user, database, ssl });
  await client.connect();
  const { rows } = await client.query<object>(
    `SELECT ssl, client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'echo'`,
  );
  await client.end();
  return rows;
}
