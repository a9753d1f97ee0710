import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Injectable, Module, Scope, type Type } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EchoEventListener, type EventListener } from '../../src/extension-api.js';
import { repository, run } from '../packaging/checkout.js';
import { MAIN } from '../support/built.js';
import { startEcho, until } from '../support/echo.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { freePort } from '../support/free-port.js';
import { ServiceProcess } from '../support/service-process.js';

/** A folder of an operator: nothing in it or above it knows of Echo. */
let folder: string;
let spinnaker: FakeSpinnaker;
let service: ServiceProcess | undefined;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'echo-extension-'));
  spinnaker = await startFakeSpinnaker();
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
  await spinnaker.close();
  rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => path.join(folder, name);

function write(name: string, text: string): string {
  mkdirSync(path.dirname(inFolder(name)), { recursive: true });
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

const env = (port: number): Record<string, string> => ({
  HOME: folder,
  NEST_PROFILE: 'echo',
  SERVER_PORT: String(port),
  SERVER_ADDRESS: '127.0.0.1',
  FRONT50_BASEURL: spinnaker.front50.url,
  ORCA_BASEURL: spinnaker.orca.url,
});

async function startService(more: Record<string, string>): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  service = await ServiceProcess.start({
    script: MAIN,
    env: { ...env(port), ...more },
    healthUrl: `${url}/health`,
    logFile: inFolder('service.log'),
  });
  return url;
}

const ask = async (url: string): Promise<unknown> => (await fetch(url)).json();

const post = (url: string, event: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });

describe('an extension from outside', () => {
  it.each([
    ['named by a variable', () => ({ EXTENSIONS: inFolder('audit') })],
    ['named by its file', () => ({ EXTENSIONS: inFolder('audit/index.js') })],
    [
      'named in the configuration',
      () => ({ ECHO_CONFIG_PATH: write('echo.yml', `extensions: [${inFolder('audit')}]\n`) }),
    ],
  ])('is loaded with what it imports of Echo, hears events and is listed: %s', async (_how, naming) => {
    cpSync(path.join(repository, 'examples/custom-listener/outside'), inFolder('audit'), { recursive: true });
    const url = await startService(naming());

    await post(url, { details: { type: 'build' } });
    await post(url, { details: { type: 'build' } });
    await post(url, {});

    await until(async () => ((await ask(`${url}/admin/idle`)) as { idle: boolean }).idle);
    expect(await ask(`${url}/audit`)).toEqual({ build: 2, unknown: 1 });
    expect(await ask(`${url}/installedPlugins`)).toEqual([
      {
        pluginId: 'echo-audit',
        pluginDescription: 'Counts events by type',
        pluginClass: 'AuditModule',
        version: '1.0.0',
        requires: '*',
        provider: 'The Echo examples',
        license: 'Apache-2.0',
        dependencies: [],
        unsafe: false,
      },
    ]);
    expect(await service?.stop()).toBe(0);
  });

  it('that cannot be loaded stops the boot, and all such are named at once with the reason', async () => {
    const nothing = write('nothing.mjs', 'export const answer = 42;');
    const throwing = write('throwing.mjs', "throw new Error('no licence key');");
    const broken = write('broken.mjs', 'export class {');
    const importing = write('importing.mjs', "import '@acme/missing';");
    const named = [inFolder('missing'), nothing, throwing, broken, importing, '@acme/unknown'];

    const { code, err } = await run([MAIN], { env: { ...env(0), EXTENSIONS: named.join(',') } });

    expect(code).toBe(1);
    expect(err.trimEnd().split('\n')).toEqual([
      `extensions[0] '${inFolder('missing')}': no such file or folder`,
      `extensions[1] '${nothing}': it exports no Nest module: export a class with @Module()`,
      `extensions[2] '${throwing}': no licence key`,
      expect.stringMatching(/^extensions\[3\] '.*broken\.mjs': /),
      expect.stringMatching(/^extensions\[4\] '.*importing\.mjs': Cannot find package '@acme\/missing'/),
      expect.stringMatching(/^extensions\[5\] '@acme\/unknown': Cannot find package '@acme\/unknown'/),
    ]);
    expect(spinnaker.front50.requests).toEqual([]);
  });
});

@EchoEventListener({ name: 'audit' })
class First implements EventListener {
  processEvent(): void {
    return undefined;
  }
}

@EchoEventListener({ name: 'audit' })
class Second extends First {}

@Injectable({ scope: Scope.REQUEST })
class PerRequest {}

@EchoEventListener({ name: 'per-request' })
class RequestScoped extends First {
  constructor(readonly request: PerRequest) {
    super();
  }
}

@EchoEventListener({ name: 'deaf' })
class Deaf {}

@Module({ providers: [First, Second] })
class SameNameModule {}

@Module({ providers: [RequestScoped, PerRequest] })
class RequestScopedModule {}

@Module({ providers: [Deaf] })
class DeafModule {}

@Module({ providers: [First], exports: [First] })
class ListedModule {}

@Module({ imports: [ListedModule], providers: [{ provide: 'alias', useExisting: First }] })
class ListedTwiceModule {}

describe('a faulty listener', () => {
  it.each<[string, Type, string]>([
    ['of a taken name', SameNameModule, "Two event listeners are called 'audit': give one of them another name."],
    [
      'made for each request',
      RequestScopedModule,
      "The event listener 'per-request' is request-scoped: remove its scope, it is called outside of requests.",
    ],
    ['that cannot listen', DeafModule, "The event listener 'deaf' has no method processEvent(): add it."],
  ])('%s stops the boot with what is to be mended', async (_what, module, message) => {
    const outcome = await startEcho({ extensions: [module], spinnaker }).catch((error: unknown) => error);

    expect(outcome).toMatchObject({ code: 'faulty-extension', message });
    expect(spinnaker.front50.requests).toEqual([]);
  });

  it('is not one that is provided under two tokens', async () => {
    const echo = await startEcho({ extensions: [ListedModule, ListedTwiceModule] });

    expect(await (await echo.get('/installedPlugins')).json()).toHaveLength(2);
    await echo.close();
  });
});

describe('a port that is taken', () => {
  it('stops the boot with the setting to change, and nothing goes on in the background', async () => {
    const holder = await startEcho();
    const { port } = new URL(holder.url);

    const { code, err } = await run([MAIN], { env: { ...env(Number(port)), LOGGING_LEVEL_ROOT: 'off' } });

    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^server\\.port: Echo cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE`));
    await holder.close();
  });
});
