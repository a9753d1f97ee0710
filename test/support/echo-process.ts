import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MAIN } from './built.js';
import { freePort } from './free-port.js';
import { type ServiceOptions, ServiceProcess } from './service-process.js';

/** An instance of the built service in a process of its own, as role `echo` unless told otherwise. */
export class EchoProcess {
  private constructor(
    readonly url: string,
    readonly process: ServiceProcess,
    private readonly folder: string,
  ) {}

  /** Resolves when it is healthy; `script` starts another build than the one that is tested. */
  static async start(
    env: Readonly<Record<string, string>>,
    { script = MAIN, ...limits }: Partial<Pick<ServiceOptions, 'script' | 'startWithinMs'>> = {},
  ): Promise<EchoProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-process-'));
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const process = await ServiceProcess.start({
      script,
      env: {
        NEST_PROFILE: 'echo',
        SERVER_PORT: String(port),
        SERVER_ADDRESS: '127.0.0.1',
        LOGGING_LEVEL_ROOT: 'warn',
        ECHO_CONFIG_PATH: folder,
        ...env,
      },
      healthUrl: `${url}/health`,
      logFile: path.join(folder, 'log'),
      ...limits,
    });
    return new EchoProcess(url, process, folder);
  }

  async json<T>(place: string): Promise<T> {
    return (await (await fetch(this.url + place)).json()) as T;
  }

  /** Sends JSON. */
  send(method: 'POST' | 'PUT', place: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    return fetch(this.url + place, { method, headers, body: JSON.stringify(body) });
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.process.signal('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends it with SIGTERM; answers its exit code, or the signal that ended it. */
  async stop(): Promise<number | NodeJS.Signals> {
    const exit = await this.process.stop();
    rmSync(this.folder, { recursive: true, force: true });
    return exit;
  }
}
