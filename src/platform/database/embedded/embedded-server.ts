import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EchoError } from '../../errors/index.js';
import type { Address } from '../address.js';
import { binaries } from './binaries.js';

/** Who PostgreSQL runs as: it refuses root. */
interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

const READY = 'database system is ready to accept connections';
const USER = 'echo';

export interface EmbeddedOptions {
  /** Where the data lies; made when it is absent. */
  readonly folder: string;
  /** Settings of PostgreSQL as `name=value`. */
  readonly flags?: readonly string[];
  /** Any free port without it. */
  readonly port?: number;
}

/** A PostgreSQL of our own, on loopback, in a process of its own. One that a crash left running over the same data is taken over. */
export class EmbeddedServer {
  private constructor(
    readonly pid: number,
    readonly address: Address,
  ) {}

  static async start({ folder, flags = [], port }: EmbeddedOptions): Promise<EmbeddedServer> {
    const data = path.resolve(folder);
    const running = runningOver(data);
    if (running) return EmbeddedServer.at(running.pid, running.port);
    const [programs, owner, free] = [binaries(), ownerOf(), port ?? (await freePort())];
    if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(programs.initdb, data, owner);
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...flags].flatMap((f) => ['-c', f]);
    const child = spawn(programs.postgres, ['-D', data, '-p', String(free), ...settings], {
      ...owner,
      cwd: data,
      // In a group of its own: a Ctrl-C at the terminal must end Echo first.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await ready(child, data);
    child.unref();
    (child.stderr as Socket).unref();
    return EmbeddedServer.at(child.pid ?? 0, free);
  }

  private static at(pid: number, port: number): EmbeddedServer {
    return new EmbeddedServer(pid, { host: '127.0.0.1', port, database: 'postgres', user: USER });
  }

  /** Ends it: open connections are cut, what was committed is on the disk. */
  async stop(): Promise<void> {
    if (!isAlive(this.pid)) return;
    process.kill(this.pid, 'SIGINT');
    while (isAlive(this.pid)) await setTimeout(LOOK_MS);
  }
}

const LOOK_MS = 20;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** PostgreSQL notes its process and its port beside its data. */
function runningOver(data: string): { pid: number; port: number } | undefined {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid = 0, , , port = 0] = readFileSync(file, 'utf8').split('\n').map(Number);
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : undefined;
}

async function initialise(initdb: string, data: string, owner: Owner): Promise<void> {
  mkdirSync(data, { recursive: true });
  if (owner.uid !== undefined) chownSync(data, owner.uid, owner.gid ?? owner.uid);
  // Loopback only, and no secret to keep: whoever can reach the port can read the folder's owner's files anyway.
  const args = ['-D', data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
  const child = spawn(initdb, args, { ...owner, cwd: data, stdio: ['ignore', 'ignore', 'pipe'] });
  const said = collect(child);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw fault(`initdb ended with ${String(code)}: ${said()}`);
}

function ready(child: ChildProcess, data: string): Promise<void> {
  const said = collect(child);
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', () => {
      if (said().includes(READY)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(fault(`PostgreSQL ended with ${String(code)} over ${data}: ${said()}`)));
  });
}

const LOG_LIMIT = 4000;

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-LOG_LIMIT)));
  return () => text;
}

const fault = (message: string): EchoError =>
  new EchoError(`sql.embedded: ${message}`, { code: 'embedded-postgres-failed' });

/** Root gives PostgreSQL to the system user `postgres`, who is made where absent. */
function ownerOf(): Owner {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
