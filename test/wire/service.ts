import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from '../support/built.js';
import { freePort } from '../support/free-port.js';
import { ServiceProcess } from '../support/service-process.js';
import type { Peers } from './peers/peers.js';

const CONFIG = join(import.meta.dirname, 'cases/echo.yml');

/** The ports that the recorded configuration names, by peer; the one of `any` stays. */
const RECORDED_PORTS = { front50: 18080, orca: 18083, igor: 18088, keel: 18087 } as const;

/** The built service, set up as the original was when it was recorded. */
export class WireService {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly process: ServiceProcess,
  ) {}

  /** Resolves when the service is healthy, that is when it has loaded the pipelines. */
  static async start(peers: Peers): Promise<WireService> {
    const folder = mkdtempSync(join(tmpdir(), 'echo-wire-'));
    const port = await freePort();
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'config/echo.yml'), configFor(peers, port));
    const url = `http://127.0.0.1:${port}`;
    const process = await ServiceProcess.start({
      script: MAIN,
      env: { HOME: folder, NEST_PROFILE: 'echo', ECHO_CONFIG_PATH: join(folder, 'config') },
      healthUrl: `${url}/health`,
      logFile: join(folder, 'service.log'),
    });
    return new WireService(url, folder, process);
  }

  /** Ends the service; tells its exit code, or the signal that ended it, and the end of its log. */
  async stop(): Promise<{ readonly exit: number | NodeJS.Signals; readonly log: string }> {
    const exit = await this.process.stop();
    const log = this.process.log();
    rmSync(this.folder, { recursive: true });
    return { exit, log };
  }
}

function configFor(peers: Peers, port: number): string {
  let config = readFileSync(CONFIG, 'utf8')
    .replace('@PORT@', String(port))
    .replace('18025', String(peers.port('smtp')));
  for (const [peer, recorded] of Object.entries(RECORDED_PORTS))
    config = config.replaceAll(`127.0.0.1:${recorded}`, `127.0.0.1:${peers.port(peer as keyof typeof RECORDED_PORTS)}`);
  return config;
}
