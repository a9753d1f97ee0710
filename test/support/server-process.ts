import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where packages put servers besides PATH. */
const ALSO = ['/usr/sbin', '/usr/local/sbin', '/usr/lib/rabbitmq/bin'];
/** Milliseconds until a server has failed to start: brokers on the JVM or BEAM take their time on a busy machine. */
export const STARTED_WITHIN_MS = 180_000;
const POLL_MS = 50;

/** The path of a program of this machine, where it has it. */
export function programNamed(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...ALSO];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Says in the report of the tests why a real server was not tested against. */
export function whyMissing(what: string, found: unknown): string {
  return found ? '' : ` (skipped: ${what} is not on this machine)`;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, POLL_MS));

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** A server program in a process of its own, with a folder of its own. It ends with the test. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly output: string[],
  ) {}

  /** @param argumentsIn what the program is called with, given the folder that it may use */
  static start(
    program: string,
    argumentsIn: (folder: string) => readonly string[],
    environmentIn: (folder: string) => Readonly<Record<string, string>> = () => ({}),
  ): ServerProcess {
    const folder = mkdtempSync(path.join(tmpdir(), 'echo-server-'));
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, ...environmentIn(folder) };
    const child = spawn(program, argumentsIn(folder), { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
    return new ServerProcess(child, folder, output);
  }

  /** Resolves when the server takes connections on the port; rejects with what it printed. */
  async listening(port: number): Promise<void> {
    for (let waited = 0; waited < STARTED_WITHIN_MS; waited += POLL_MS) {
      if (await answers(port)) return;
      if (this.child.exitCode !== null) break;
      await pause();
    }
    await this.close();
    throw new Error(`the server does not listen on ${port}:\n${this.output.join('').slice(-4000)}`);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      const killer = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(killer);
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
