import { readPipeline } from '../../src/pipelines/index.js';
import { CronTriggers, Timetable, slotEventId } from '../../src/slots/index.js';
import { EchoProcess } from '../support/echo-process.js';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { OrcaStore, type StoredExecution } from '../support/orca-store.js';
import { TestSettings } from '../support/test-settings.js';
import { ulidTime } from '../support/ulid-time.js';
import { until } from '../support/until.js';
import { type SlotFaults, checkSlots } from './slot-check.js';

export const STEP_MS = 2000;
/** `npm run chaos` has more of them due together. */
const PIPELINES = process.env['ECHO_CHAOS'] === 'long' ? 300 : 40;
const NEVER = '2100-01-01T00:00:00Z';

/** Compensation looks often, and lets starts be late: a busy machine is. */
const QUICK = {
  SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: '3000',
  SCHEDULER_COMPENSATIONJOB_SPREADMS: '0',
  SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '200',
};

export type Owner = 'old' | 'new';

/** Orca makes up ids for starts that bring none, as those of the original do. */
const ownerOf = ({ id }: StoredExecution): Owner => (id.startsWith('EXEC') ? 'old' : 'new');

/**
 * Two Echos, each in processes of its own, that share nothing but front50 and orca. The old one starts pipelines as the
 * original does, without ids of its own; the new one is a scheduler and an echo-missed-scheduler on one database.
 */
export class HandOver {
  private readonly orca = new OrcaStore();
  private readonly slots = new Map<string, number>();
  private readonly running: EchoProcess[] = [];
  private marked = 0;

  private constructor(
    private readonly spinnaker: FakeSpinnaker,
    private readonly pipelines: readonly { readonly id: string }[],
  ) {
    spinnaker.orca.answering(this.orca.answer);
  }

  static async begin(): Promise<HandOver> {
    const pipelines = Array.from({ length: PIPELINES }, (_, i) => ({
      application: 'app',
      name: `p${i}`,
      id: `p${i}`,
      triggers: [{ id: `t${i}`, type: 'cron', enabled: true, cronExpression: `0/${STEP_MS / 1000} * * * * ?` }],
      updateTs: String(Date.now()),
    }));
    return new HandOver(await startFakeSpinnaker(pipelines), pipelines);
  }

  startOld(): Promise<EchoProcess> {
    return this.start('echo-scheduler', { ORCA_IDEMPOTENTSTARTS: 'false' });
  }

  /** It fires nothing until it is told from when on. */
  async startNew(databaseUrl: string): Promise<EchoProcess> {
    const env = { SQL_ENABLED: 'true', SQL_CONNECTIONPOOL_JDBCURL: databaseUrl, SCHEDULER_TRIGGERS_FROM: NEVER };
    const [scheduler] = await Promise.all([
      this.start('echo-scheduler', env),
      this.start('echo-missed-scheduler', { ...env, ...QUICK }),
    ]);
    return scheduler;
  }

  /** Tells an Echo from which slot on, or until which, it fires. */
  async say(echo: EchoProcess, which: 'from' | 'until', slot: number): Promise<void> {
    const change = { value: new Date(slot).toISOString(), why: 'we move' };
    const { status } = await echo.send('PUT', `/admin/config/scheduler.triggers.${which}`, change);
    if (status !== 200) throw new Error(`scheduler.triggers.${which} was answered with ${status}`);
  }

  /** So many slots from now, none of which is claimed yet. */
  ahead(slots: number): number {
    return (Math.floor(Date.now() / STEP_MS) + slots) * STEP_MS;
  }

  /** Resolves with the next slot that one of them has started of every pipeline. */
  async nextOf(owner: Owner): Promise<number> {
    const begun = this.ahead(1);
    let found: number | undefined;
    await until(() => {
      const counts = new Map<number, number>();
      for (const execution of this.by(owner)) counts.set(execution.slot, (counts.get(execution.slot) ?? 0) + 1);
      found = [...counts].find(([slot, count]) => slot >= begun && count === PIPELINES)?.[0];
      return found !== undefined;
    });
    return found ?? Number.NaN;
  }

  /** Resolves when no slot is missing, both ends included. */
  async untilWhole(from: number, to: number): Promise<void> {
    await until(() => Date.now() > to && this.check(from, to).lost.length === 0);
  }

  /** Resolves when the new one has recorded a slot as the other's. */
  async untilPassed(echo: EchoProcess, slot: number): Promise<void> {
    const [trigger] = await echo.json<{ id: string }[]>('/triggers/cron');
    const name = new Date(slot).toISOString();
    await until(async () => {
      const { last } = await echo.json<{ last: PassedSlot[] }>(`/triggers/cron/${trigger?.id}`);
      return last.some((one) => one.slot === name && one.reason?.startsWith('another Echo fires this slot') === true);
    });
  }

  check(from: number, to: number): SlotFaults {
    const executions = [...this.by('old'), ...this.by('new')];
    return checkSlots(executions, { pipelineIds: this.pipelines.map(({ id }) => id), from, to, stepMs: STEP_MS });
  }

  /** Who started the slots, in order; both ends included. */
  owners(from: number, to: number): [slot: number, Owner][] {
    const seen = (['old', 'new'] as const).flatMap((owner) =>
      [...new Set(this.by(owner).map(({ slot }) => slot))].map((slot): [number, Owner] => [slot, owner]),
    );
    return seen.filter(([slot]) => slot >= from && slot <= to).sort(([a], [b]) => a - b);
  }

  async stop(echo: EchoProcess): Promise<void> {
    this.running.splice(this.running.indexOf(echo), 1);
    await echo.stop();
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((echo) => echo.stop()));
    await this.spinnaker.close();
  }

  private async start(profile: string, env: Record<string, string>): Promise<EchoProcess> {
    const peers = { FRONT50_BASEURL: this.spinnaker.front50.url, ORCA_BASEURL: this.spinnaker.orca.url };
    const echo = await EchoProcess.start({ NEST_PROFILE: profile, ...peers, ...env });
    this.running.push(echo);
    return echo;
  }

  private by(owner: Owner): { id: string; pipelineId: string; slot: number; started: true }[] {
    this.mark();
    return this.orca.executions
      .filter((execution) => ownerOf(execution) === owner)
      .map((execution) => {
        const { id, pipelineConfigId: pipelineId, trigger } = execution;
        const slot = owner === 'new' ? ulidTime(id) : this.slots.get(String(trigger['eventId']));
        return { id, pipelineId, slot: slot ?? Number.NaN, started: true };
      });
  }

  /** An event id says which slot it is of, however late its start came; up to now, all are worked out. */
  private mark(): void {
    const end = this.ahead(2);
    const from = this.marked || this.ahead(-2);
    const reader = new CronTriggers(new Timetable(new TestSettings()));
    const triggers = this.pipelines.flatMap((pipeline) => reader.of(readPipeline(pipeline)).usable);
    for (let at = from; at < end; at += STEP_MS) {
      for (const trigger of triggers) this.slots.set(slotEventId({ trigger, at }), at);
    }
    this.marked = end;
  }
}

interface PassedSlot {
  readonly slot: string;
  readonly reason: string | null;
}
