import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { serve } from '../../src/bootstrap.js';
import { loadConfiguration } from '../../src/config/index.js';
import { InstalledExtensions } from '../../src/platform/extension/index.js';
import { type FakeSpinnaker, startFakeSpinnaker } from './fake-spinnaker.js';
import { until } from './until.js';

export { until };

/** The whole service in this process, and the peers it talks to. */
export interface RunningEcho {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly spinnaker: FakeSpinnaker;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  /** What was decided about the latest event with this id. */
  decisionsOn(eventId: string): Promise<readonly Decided[]>;
  /** Resolves when inbox and outbox are empty. */
  idle(): Promise<void>;
  /** Resolves after a load of pipelines that began after the call, whether well or not. */
  reloaded(): Promise<void>;
  close(): Promise<void>;
}

/** A decision as `GET /events/{id}/decisions` shows it. */
export interface Decided {
  readonly handler: string;
  readonly pipelineName: string;
  readonly kind: 'matched' | 'rejected';
  readonly start?: { readonly kind: string; readonly by?: string };
  readonly rule?: string;
  readonly expected?: string;
  readonly got?: string;
}

export interface EchoOptions {
  readonly pipelines?: readonly object[];
  /** Nest modules that come in as if they had been loaded from outside. */
  readonly extensions?: readonly Type[];
  /** Environment variables, as an operator sets them; `undefined` leaves out one that is set otherwise. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly spinnaker?: FakeSpinnaker;
  /** Do not wait for the first good load of pipelines. */
  readonly notReady?: boolean;
}

async function jsonOf<T>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

/** Recurring work as `GET /admin/jobs` shows it. */
export interface ShownJob {
  readonly name: string;
  readonly runs: number;
  readonly lastError: string | null;
  readonly lastDurationMs: number | null;
  readonly lastRun: string | null;
  readonly nextRun: string | null;
}

export async function jobIn(echo: Pick<RunningEcho, 'get'>, name: string): Promise<ShownJob> {
  const job = (await jsonOf<ShownJob[]>(echo.get('/admin/jobs'))).find((shown) => shown.name === name);
  if (job) return job;
  throw new Error(`There is no job ${name}.`);
}

const installed = (modules: readonly Type[]): InstalledExtensions =>
  new InstalledExtensions(
    modules.map((module) => ({
      module,
      moduleName: module.name,
      name: module.name,
      description: '',
      version: 'test',
      author: 'test',
      license: 'test',
    })),
  );

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
  const configuration = loadConfiguration({ env, cwd: '/nowhere' });
  const app = await serve(configuration, installed(options.extensions ?? [])).catch(async (error: unknown) => {
    await spinnaker.close();
    throw error;
  });
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
    decisionsOn: async (eventId) => {
      const [latest] = await jsonOf<{ decisions: Decided[] }[]>(get(`/events/${eventId}/decisions`));
      return latest?.decisions ?? [];
    },
    idle: () => until(async () => (await jsonOf<{ idle: boolean }>(get('/admin/idle'))).idle),
    reloaded: async () => {
      const loads = async (): Promise<number> => (await jobIn(echo, 'load-pipelines')).runs;
      // One may be under way that began before.
      const enough = (await loads()) + 2;
      await until(async () => (await loads()) >= enough);
    },
    close: async () => {
      await app.close();
      await spinnaker.close();
    },
  };
  if (!options.notReady) await until(async () => (await get('/health')).ok);
  return echo;
}
