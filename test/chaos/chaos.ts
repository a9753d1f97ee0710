import { setTimeout as pause } from 'node:timers/promises';
import type { Address } from '../../src/platform/database/address.js';
import type { EchoProcess } from '../support/echo-process.js';
import { HttpPeer, json } from '../support/http-peer.js';
import { ECHO_WAITS_MS, startDisturbed } from './disturbed.js';
import { RecordingOrca } from './recording-orca.js';
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
  /** Stops the database and starts it again; called once in the middle where it is given. */
  readonly restartDatabase?: () => Promise<void>;
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
/** After the last slot: leases run out, retries come to their end. */
const SETTLE_MS = 60_000;

/** Schedulers in processes of their own, that are killed and stopped while they fire at an orca that misbehaves. */
export class Chaos {
  private readonly running: EchoProcess[] = [];
  private readonly pipelineIds: readonly string[];
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
    const { orca, peer } = await RecordingOrca.start({ faultShare });
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
    await Promise.all(this.running.map((echo) => echo.stop()));
    await Promise.all([front50.close(), peer.close()]);
    const slots = ((to - from) / stepMs + 1) * this.pipelineIds.length;
    return { lost: fates, doubled, slots, repeats: orca.repeats, kills: this.kills, stops: this.stops };
  }

  private async startOne(env: Record<string, string>): Promise<void> {
    const role = { NEST_PROFILE: 'echo-scheduler', ...env };
    this.running.push(await startDisturbed(this.options.database, LEASE_MS, role));
  }

  /** Kills or stops one process after the other; the last one is always left running. */
  private async disturb(env: Record<string, string>, until: number): Promise<void> {
    const middle = Date.now() + (until - Date.now()) / 2;
    let restart = this.options.restartDatabase;
    while (Date.now() < until) {
      await pause(1000 + Math.random() * 2000);
      if (restart && Date.now() > middle) {
        await restart();
        restart = undefined;
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

  private async kill(victim: EchoProcess, env: Record<string, string>): Promise<void> {
    victim.kill();
    this.kills++;
    await this.startOne(env);
  }

  /** Long enough for its leases to run out. */
  private async stop(victim: EchoProcess): Promise<void> {
    victim.process.signal('SIGSTOP');
    this.stops++;
    await pause(LEASE_MS * (0.5 + Math.random()));
    victim.process.signal('SIGCONT');
    this.running.push(victim);
  }

  private async settled(done: () => boolean): Promise<void> {
    const limit = Date.now() + SETTLE_MS;
    while (!done() && Date.now() < limit) await pause(250);
    // What would come twice comes in this time.
    await pause(LEASE_MS + ECHO_WAITS_MS);
  }
}
