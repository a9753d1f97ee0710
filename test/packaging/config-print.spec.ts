import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BUILT } from '../support/built.js';
import { type Result, run } from './checkout.js';

const SECRET = 'hush-hush';

describe('npm run config:print, as built', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'echo-print-'));
    mkdirSync(path.join(folder, 'config'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const print = (env: Record<string, string>): Promise<Result> =>
    run([path.join(BUILT, 'cli/config-print.js')], { env: { ECHO_CONFIG_PATH: path.join(folder, 'config'), ...env } });

  it('shows every setting with where it comes from, as YAML, without secrets', async () => {
    const file = path.join(folder, 'config/echo.yml');
    writeFileSync(
      file,
      `front50:\n  base-url: http://me:${SECRET}@front50:8080\ntrigger.git.shared-secret: ${SECRET}\n`,
    );

    const { code, out, err } = await print({
      NEST_PROFILE: 'echo-scheduler',
      ORCA_BASEURL: 'http://orca:1',
      HTTPS_PROXY: `http://me:${SECRET}@proxy:3128`,
    });

    expect([code, err]).toEqual([0, '']);
    expect(out).not.toContain(SECRET);
    expect(out).toMatch(/^# profile: echo-scheduler$/m);
    expect(out).toContain('# Outgoing calls use a proxy: https through http://***@proxy:3128.');
    const lines = new Map(out.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/ +#/, ' #')]));
    expect(lines.get('front50.baseUrl')).toBe(`front50.baseUrl: "http://***@front50:8080" # ${file}:2`);
    expect(lines.get('trigger.git.sharedSecret')).toBe(`trigger.git.sharedSecret: "***" # ${file}:3`);
    expect(lines.get('orca.baseUrl')).toBe('orca.baseUrl: http://orca:1 # variable ORCA_BASEURL');
    expect(lines.get('orca.enabled')).toMatch(/^orca\.enabled: true # built-in base\.yml:\d+$/);
    expect(lines.get('server.address')).toBe('server.address: 0.0.0.0 # default');
    expect(parse(out)).toMatchObject({ 'okHttpClient.tlsVersions': ['TLSv1.3', 'TLSv1.2'], 'server.port': 8089 });
  });

  it('lists the faults of a configuration that cannot be used, and fails', async () => {
    writeFileSync(path.join(folder, 'config/echo.yml'), 'server.port: many\n');

    const { code, out, err } = await print({ NEST_PROFILE: 'ecko' });

    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'The configuration has 2 faults:\n' +
        "  - variable NEST_PROFILE: got 'ecko', valid: echo, echo-scheduler, echo-missed-scheduler, standalone\n" +
        `  - ${path.join(folder, 'config/echo.yml')}:1: server.port: got 'many', valid: port, 0 to 65535\n`,
    );
  });
});
