import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { bootstrap } from '../../src/bootstrap.js';
import { loadConfiguration } from '../../src/config/index.js';
import { type FakeSpinnaker, startFakeSpinnaker } from './fake-spinnaker.js';

/** The whole service in this process, and the peers it talks to. */
export interface RunningEcho {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly spinnaker: FakeSpinnaker;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  /** Resolves when inbox and outbox are empty. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface EchoOptions {
  readonly pipelines?: object[];
  /** Environment variables, as an operator sets them. */
  readonly env?: Readonly<Record<string, string>>;
  readonly spinnaker?: FakeSpinnaker;
  /** Do not wait for the first good load of pipelines. */
  readonly notReady?: boolean;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** Asks until the answer is yes; the test's own time limit ends a vain wait. */
export async function until(yes: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await yes())) await pause();
}

export async function startEcho(options: EchoOptions = {}): Promise<RunningEcho> {
  const spinnaker = options.spinnaker ?? (await startFakeSpinnaker(options.pipelines));
  const env = {
    NEST_PROFILE: 'echo',
    SERVER_PORT: '0',
    SERVER_ADDRESS: '127.0.0.1',
    LOGGING_LEVEL_ROOT: 'off',
    FRONT50_BASEURL: spinnaker.front50.url,
    FRONT50_POLLINGINTERVALMS: '50',
    ORCA_BASEURL: spinnaker.orca.url,
    ORCA_PIPELINEINITIATORRETRYDELAYMILLIS: '10',
    IGOR_BASEURL: spinnaker.igor.url,
    ...options.env,
  };
  const app = await bootstrap(loadConfiguration({ env, cwd: '/nowhere' }));
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const get = (path: string): Promise<Response> => fetch(url + path);
  const echo: RunningEcho = {
    app,
    url,
    spinnaker,
    get,
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    idle: () => until(async () => ((await (await get('/admin/idle')).json()) as { idle: boolean }).idle),
    close: async () => {
      await app.close();
      await spinnaker.close();
    },
  };
  if (!options.notReady) await until(async () => (await get('/health')).ok);
  return echo;
}
