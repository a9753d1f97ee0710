import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Address } from '../../src/platform/database/address.js';
import { MAIN } from '../support/built.js';
import { freePort } from '../support/free-port.js';
import { HttpPeer, json } from '../support/http-peer.js';
import { ServiceProcess } from '../support/service-process.js';
import { FAULTS, RecordingOrca } from './recording-orca.js';
import { checkSlots } from './slot-check.js';
import { fatesOf } from './slot-fates.js';

export interface ChaosOptions {
  readonly triggers: number;
  readonly processes: number;
  readonly stepSeconds: number;
  /** For how long things go wrong. */
  readonly seconds: number;
  /** Share of starts that meet a fault at orca, 0 to 1. */
  readonly faultShare: number;
  readonly database: Address;
  /** Called once in the middle. */
  readonly inTheMiddle?: () => Promise<void>;
}

export interface ChaosResult {
  /** What became of slots that were not started; see `fatesOf`. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly slots: number;
  /** Starts that came again and that orca answered with the execution that ran. */
  readonly repeats: number;
  readonly kills: number;
  readonly stops: number;
}

const LEASE_MS = 4000;
const ECHO_WAITS_MS = 2000;
/** Some runs are over before whoever was stopped goes on: a start that comes again then starts it again. */
const LONGEST_RUN_MS = 4000;
/** After the last slot: leases run out, retries come to their end. */
const SETTLE_MS = 60_000;

/** Schedulers in processes of their own, that are killed and stopped while they fire at an orca that misbehaves. */
export class Chaos {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'echo-chaos-'));
  private readonly running: ServiceProcess[] = [];
  private readonly pipelineIds: readonly string[];
  private started = 0;
  private kills = 0;
  private stops = 0;

  constructor(private readonly options: ChaosOptions) {
    this.pipelineIds = Array.from({ length: options.triggers }, (_, i) => `p${i}`);
  }

  async run(): Promise<ChaosResult> {
    const { stepSeconds, seconds, faultShare, processes } = this.options;
    const pipelines = this.pipelineIds.map((id) => ({
      application: 'app',
      name: id,
      id,
      triggers: [{ type: 'cron', enabled: true, cronExpression: `0/${stepSeconds} * * * * ?` }],
    }));
    const front50 = await HttpPeer.start(() => json(pipelines));
    const fault = () => (Math.random() < faultShare ? FAULTS[Math.floor(Math.random() * FAULTS.length)] : undefined);
    const { orca, peer } = await RecordingOrca.start({
      fault,
      timeoutMs: ECHO_WAITS_MS * 2,
      runsMs: () => Math.random() * LONGEST_RUN_MS,
    });
    const env = { FRONT50_BASEURL: front50.url, ORCA_BASEURL: peer.url };
    await Promise.all(Array.from({ length: processes }, () => this.startOne(env)));
    const stepMs = stepSeconds * 1000;
    const from = (Math.floor(Date.now() / stepMs) + 2) * stepMs;
    const to = from + Math.floor((seconds * 1000) / stepMs) * stepMs;
    await this.disturb(env, to);
    const due = { pipelineIds: this.pipelineIds, from, to, stepMs };
    await this.settled(() => checkSlots(orca.executions, due).lost.length === 0);
    const { lost, doubled } = checkSlots(orca.executions, due);
    const fates = await fatesOf(lost, this.options.database);
    await Promise.all(this.running.map((service) => service.stop()));
    await Promise.all([front50.close(), peer.close()]);
    rmSync(this.folder, { recursive: true });
    const slots = ((to - from) / stepMs + 1) * this.pipelineIds.length;
    return { lost: fates, doubled, slots, repeats: orca.repeats, kills: this.kills, stops: this.stops };
  }

  private async startOne(env: Record<string, string>): Promise<void> {
    const { database } = this.options;
    const port = await freePort();
    const service = await ServiceProcess.start({
      script: MAIN,
      env: {
        NEST_PROFILE: 'echo-scheduler',
        SERVER_PORT: String(port),
        SERVER_ADDRESS: '127.0.0.1',
        LOGGING_LEVEL_ROOT: 'error',
        SQL_ENABLED: 'true',
        SQL_CONNECTIONPOOL_JDBCURL: `jdbc:postgresql://${database.host}:${database.port}/${database.database}`,
        SQL_CONNECTIONPOOL_USER: database.user,
        OUTBOX_SQL_LEASEMS: String(LEASE_MS),
        OUTBOX_SQL_SCANMS: '250',
        ORCA_PIPELINEINITIATORRETRYCOUNT: '20',
        ORCA_PIPELINEINITIATORRETRYDELAYMILLIS: '300',
        // Starts that wait for an answer in vain must not hold up the others.
        ORCA_PIPELINEINITIATORTHREADPOOLSIZE: '64',
        OKHTTPCLIENT_READTIMEOUTMS: String(ECHO_WAITS_MS),
        ...env,
      },
      healthUrl: `http://127.0.0.1:${port}/health`,
      logFile: path.join(this.folder, `${this.started++}.log`),
      startWithinMs: 120_000,
    });
    this.running.push(service);
  }

  /** Kills or stops one process after the other; the last one is always left running. */
  private async disturb(env: Record<string, string>, until: number): Promise<void> {
    const middle = Date.now() + (until - Date.now()) / 2;
    let told = false;
    while (Date.now() < until) {
      await pause(1000 + Math.random() * 2000);
      if (!told && Date.now() > middle) {
        told = true;
        await this.options.inTheMiddle?.();
      }
      const victim = this.running.shift();
      if (!victim || this.running.length === 0) {
        if (victim) this.running.push(victim);
        continue;
      }
      if (Math.random() < 0.5) await this.kill(victim, env);
      else await this.stop(victim);
    }
  }

  private async kill(victim: ServiceProcess, env: Record<string, string>): Promise<void> {
    victim.signal('SIGKILL');
    this.kills++;
    await this.startOne(env);
  }

  /** Long enough for its leases to run out. */
  private async stop(victim: ServiceProcess): Promise<void> {
    victim.signal('SIGSTOP');
    this.stops++;
    await pause(LEASE_MS * (0.5 + Math.random()));
    victim.signal('SIGCONT');
    this.running.push(victim);
  }

  private async settled(done: () => boolean): Promise<void> {
    const limit = Date.now() + SETTLE_MS;
    while (!done() && Date.now() < limit) await pause(250);
    // What would come twice comes in this time.
    await pause(LEASE_MS + ECHO_WAITS_MS);
  }
}
