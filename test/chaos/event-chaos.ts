import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { Address } from '../../src/platform/database/address.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import type { EchoProcess } from '../support/echo-process.js';
import { HttpPeer, json } from '../support/http-peer.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';
import { startDisturbed } from './disturbed.js';
import { type Disturbance, type EventFaults, type EventRun, checkEvents } from './event-check.js';
import { RecordingOrca } from './recording-orca.js';
import { RecordingSlack } from './recording-slack.js';

export interface EventChaosOptions {
  readonly processes: number;
  /** For how long things go wrong. */
  readonly seconds: number;
  /** Events that each sender sends in a second at most. */
  readonly perSecond: number;
  /** Share of starts and of messages that meet a fault at their peer, 0 to 1. */
  readonly faultShare: number;
  readonly database: Address;
  /** Stops the database and starts it again; called once in the middle where it is given. */
  readonly restartDatabase?: () => Promise<void>;
}

export interface EventChaosResult extends EventFaults {
  readonly accepted: number;
  readonly kills: number;
  readonly stops: number;
  readonly cuts: number;
}

interface Instance {
  readonly number: number;
  readonly echo: EchoProcess;
}

const LEASE_MS = 6000;
const MOST_EVENTS = 4000;
/** After the last event: leases run out, retries come to their end. */
const SETTLE_MS = 120_000;

/** Instances in processes of their own that take events, while they, their database and their peers are disturbed. */
export class EventChaos {
  private readonly instances: Instance[] = [];
  private readonly disturbances: Disturbance[] = [];
  private readonly webhooks: number[] = [];
  private readonly reports: number[] = [];
  private readonly slack: RecordingSlack;
  private source: DataSource | undefined;
  private peers: Record<string, string> = {};
  private begun = 0;
  private sent = 0;
  private sending = true;
  private readonly counts = { kills: 0, stops: 0, cuts: 0 };

  constructor(private readonly options: EventChaosOptions) {
    this.slack = new RecordingSlack(options.faultShare);
  }

  async run(): Promise<EventChaosResult> {
    const { processes, seconds, faultShare } = this.options;
    const pipelines = Array.from({ length: MOST_EVENTS }, (_, n) => ({ ...webhookPipeline(`s${n}`), id: `p${n}` }));
    const front50 = await HttpPeer.start(() => json(pipelines));
    const { orca, peer } = await RecordingOrca.start({ faultShare });
    this.peers = { FRONT50_BASEURL: front50.url, ORCA_BASEURL: peer.url };
    await Promise.all(Array.from({ length: processes }, () => this.begin()));
    const senders = [1, 2, 3, 4].map(() => this.keepSending());
    await this.disturb(Date.now() + seconds * 1000);
    this.sending = false;
    await Promise.all(senders);
    await this.settled();
    const run: EventRun = {
      webhooks: this.webhooks,
      reports: this.reports,
      decided: await this.decided(),
      executions: orca.executions,
      messages: this.slack.messages,
      disturbances: this.disturbances,
    };
    await Promise.all(this.instances.map(({ echo }) => echo.stop()));
    await Promise.all([front50.close(), peer.close(), this.source?.destroy()]);
    this.slack.close();
    return { ...checkEvents(run), accepted: run.webhooks.length + run.reports.length, ...this.counts };
  }

  private async begin(): Promise<void> {
    const { database } = this.options;
    const number = this.begun++;
    const echo = await startDisturbed(database, LEASE_MS, {
      SQL_CONNECTIONPOOL_CONNECTIONTIMEOUT: '1000',
      EVENTS_INBOX_LEASEMS: String(LEASE_MS),
      EVENTS_INBOX_SCANMS: '250',
      SLACK_ENABLED: 'true',
      SLACK_TOKEN: 'xoxb',
      SLACK_BASEURL: await this.slack.open(number),
      ...this.peers,
    });
    this.instances.push({ number, echo });
  }

  private async keepSending(): Promise<void> {
    while (this.sending && this.sent < MOST_EVENTS) {
      const n = this.sent++;
      const { echo } = this.instances[n % this.instances.length] ?? {};
      const isReport = n % 2 === 1;
      const answered = echo && (await send(echo.url, n, isReport));
      if (answered) (isReport ? this.reports : this.webhooks).push(n);
      await pause(1000 / this.options.perSecond);
    }
  }

  private async disturb(until: number): Promise<void> {
    const middle = Date.now() + (until - Date.now()) / 2;
    let restart = this.options.restartDatabase;
    while (Date.now() < until) {
      await pause(500 + Math.random() * 1500);
      if (restart && Date.now() > middle) {
        await this.during({}, restart);
        restart = undefined;
      }
      const dice = Math.random();
      if (dice < 0.3) await this.cutConnections();
      else if (dice < 0.65) await this.kill();
      else await this.stop();
    }
  }

  /** Ends the connections of all instances to the database, in the middle of whatever they do. */
  private async cutConnections(): Promise<void> {
    this.counts.cuts++;
    await this.during({}, async () => {
      await this.rows(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
      );
      await pause(500);
    });
  }

  private async kill(): Promise<void> {
    const victim = this.instances.shift();
    if (!victim) return;
    this.counts.kills++;
    await this.during({ instance: victim.number }, () => {
      victim.echo.kill();
      return Promise.resolve();
    });
    await this.begin();
  }

  /** Long enough for its leases to run out. */
  private async stop(): Promise<void> {
    const victim = this.instances.shift();
    if (!victim) return;
    this.counts.stops++;
    await this.during({ instance: victim.number }, async () => {
      victim.echo.process.signal('SIGSTOP');
      await pause(LEASE_MS * (0.5 + Math.random()));
      victim.echo.process.signal('SIGCONT');
    });
    this.instances.push(victim);
  }

  private async during(whose: Pick<Disturbance, 'instance'>, disturb: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await disturb();
    this.disturbances.push({ ...whose, from, to: Date.now() });
  }

  /** Resolves when nothing is open any more, or after a long while: the checker says what is missing. */
  private async settled(): Promise<void> {
    const limit = Date.now() + SETTLE_MS;
    const open = `SELECT 1 FROM open_events UNION ALL SELECT 1 FROM effects WHERE state = 'pending' LIMIT 1`;
    while (Date.now() < limit && (await this.rows(open)).length > 0) await pause(250);
  }

  private async decided(): Promise<Set<number>> {
    const rows = await this.rows<{ pipelines: string[] }>('SELECT pipelines FROM decisions');
    return new Set(rows.flatMap(({ pipelines }) => pipelines.map((id) => Number(id.slice(1)))));
  }

  private async rows<T>(sql: string): Promise<T[]> {
    this.source ??= await new DataSource(dataSourceOptions(this.options.database, 1, 30_000)).initialize();
    return this.source.query<T[]>(sql);
  }
}

/** Sends an event that starts a pipeline, or one that Slack is told of; answers whether it was taken. */
function send(url: string, n: number, isReport: boolean): Promise<boolean> {
  const notifications = [{ type: 'slack', address: `c${n}`, when: ['pipeline.failed'] }];
  const execution = { id: `X${n}`, name: 'deploy', startTime: 1, endTime: 2, notifications };
  const report = {
    details: { source: 'orca', type: 'orca:pipeline:failed', application: 'app' },
    content: { execution },
  };
  return fetch(isReport ? url : `${url}/webhooks/webhook/s${n}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(isReport ? report : { n }),
    signal: AbortSignal.timeout(10_000),
  }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status === 200;
    },
    () => false,
  );
}
