import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { MAIN } from './built.js';
import { freePort } from './free-port.js';
import { ServiceProcess } from './service-process.js';

const COMPOSE = path.join(import.meta.dirname, '../../docker-compose.yml');

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly environment: Record<string, string>; readonly deploy?: { readonly replicas: number } }>
  >;
}

/** One process of a topology. */
export interface Member {
  readonly url: string;
  readonly process: ServiceProcess;
}

/** A topology of docker-compose.yml as plain processes: the same roles and variables, but for where the others are. */
export class Topology {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'echo-topology-'));
  private readonly members: Member[] = [];
  private readonly services: Compose['services'];

  /** @param env what is different here: addresses of peers and of the database */
  constructor(
    pipelines: readonly object[],
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.services = (parse(readFileSync(COMPOSE, 'utf8'), { merge: true }) as Compose).services;
    writeFileSync(path.join(this.folder, 'pipelines.json'), JSON.stringify(pipelines));
  }

  /** Starts a service of docker-compose.yml, as often as that says; resolves when all are healthy. */
  async start(name: string, env: Readonly<Record<string, string>> = {}): Promise<Member[]> {
    const service = this.services[name];
    if (!service) throw new Error(`docker-compose.yml has no service ${name}.`);
    const started = Array.from({ length: service.deploy?.replicas ?? 1 }, () =>
      this.startOne({ ...service.environment, PIPELINES_FOLDER: this.folder, ...this.env, ...env }),
    );
    return Promise.all(started);
  }

  async stop(members: readonly Member[]): Promise<void> {
    await Promise.all(members.map(({ process }) => process.stop()));
    for (const member of members) this.members.splice(this.members.indexOf(member), 1);
  }

  async close(): Promise<void> {
    await this.stop([...this.members]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startOne(env: Record<string, string>): Promise<Member> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const process = await ServiceProcess.start({
      script: MAIN,
      env: { ...env, SERVER_PORT: String(port), SERVER_ADDRESS: '127.0.0.1' },
      healthUrl: `${url}/health`,
      logFile: path.join(this.folder, `${port}.log`),
    });
    const member = { url, process };
    this.members.push(member);
    return member;
  }
}
