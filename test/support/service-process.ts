import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServiceOptions {
  /** The script that node runs. */
  readonly script: string;
  /** The whole environment: nothing of the test's own leaks in, but PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** The service counts as started once this answers 200. */
  readonly healthUrl: string;
  /** Where standard output and error go. */
  readonly logFile: string;
  /** Milliseconds until the start has failed; 45 000 unless given. */
  readonly startWithinMs?: number;
}

const HEALTH_POLL_MS = 50;
const STOP_WITHIN_MS = 30_000;
const LOG_TAIL_CHARACTERS = 8_000;

/** A service of ours in a process of its own. */
export class ServiceProcess {
  private readonly exit: Promise<number | NodeJS.Signals>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {
    this.exit = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
    });
  }

  /** Resolves when the service is healthy; rejects with the end of its log when it exits first or takes too long. */
  static async start(options: ServiceOptions): Promise<ServiceProcess> {
    const log = createWriteStream(options.logFile);
    await new Promise((resolve) => log.once('open', resolve));
    const child = spawn(process.execPath, ['--enable-source-maps', options.script], {
      env: { PATH: process.env['PATH'] ?? '', ...options.env },
      stdio: ['ignore', log, log],
    });
    const service = new ServiceProcess(child, options.logFile);
    await service.healthy(options.healthUrl, options.startWithinMs ?? 45_000);
    return service;
  }

  /** The end of what the service has logged. */
  log(): string {
    return readFileSync(this.logFile, 'utf8').slice(-LOG_TAIL_CHARACTERS);
  }

  /** Sends a signal and waits for nothing. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Asks the service to end (SIGTERM) and tells its exit code, or the signal that ended it. */
  async stop(): Promise<number | NodeJS.Signals> {
    this.child.kill('SIGTERM');
    const patience = new AbortController();
    const killer = sleep(STOP_WITHIN_MS, undefined, { signal: patience.signal }).then(
      () => this.child.kill('SIGKILL'),
      () => false,
    );
    const exit = await this.exit;
    patience.abort();
    await killer;
    return exit;
  }

  private async healthy(url: string, withinMs: number): Promise<void> {
    const tries = Math.ceil(withinMs / HEALTH_POLL_MS);
    for (let i = 0; i < tries; i++) {
      if (await answersOk(url)) return;
      const gone = await Promise.race([this.exit, sleep(HEALTH_POLL_MS, 'running' as const)]);
      if (gone !== 'running') throw new Error(`the service ended with ${gone} before it was healthy:\n${this.log()}`);
    }
    await this.stop();
    throw new Error(`the service was not healthy after ${withinMs} ms:\n${this.log()}`);
  }
}

async function answersOk(url: string): Promise<boolean> {
  return fetch(url).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );
}
