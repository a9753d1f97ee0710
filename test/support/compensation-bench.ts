import { Counter, Histogram, Registry } from 'prom-client';
import type { FiatClient, OrcaClient } from '../../src/clients/index.js';
import { Candidates } from '../../src/compensation/candidates.js';
import { Compensation } from '../../src/compensation/compensation.js';
import { compensationMetrics } from '../../src/compensation/compensation.metrics.js';
import { CompensationReport } from '../../src/compensation/compensation.report.js';
import { Coverage } from '../../src/compensation/coverage.js';
import { Inspector } from '../../src/compensation/inspector.js';
import { OrcaQuestions } from '../../src/compensation/orca-questions.js';
import { OwnExecutions } from '../../src/compensation/own-executions.js';
import { PipelineHistories } from '../../src/compensation/pipeline-histories.js';
import { Restarts } from '../../src/compensation/restarts.js';
import { SlotIds } from '../../src/compensation/slot-ids.js';
import { StartLedger } from '../../src/compensation/start-ledger.js';
import { TriggerAges } from '../../src/compensation/trigger-ages.js';
import { type Bus, type Fact, Pressure } from '../../src/events/index.js';
import type { EffectAttempts } from '../../src/outbox/effect-attempt.js';
import type { Effect, Outcome } from '../../src/outbox/index.js';
import { MemoryOutbox } from '../../src/outbox/memory/memory-outbox.js';
import { outboxMetrics } from '../../src/outbox/outbox.metrics.js';
import { type Pipeline, type PipelineCache, QuietPeriod, PipelineNotes, Starter } from '../../src/pipelines/index.js';
import { LastLook } from '../../src/pipelines/start/last-look.js';
import { Overlap } from '../../src/pipelines/start/overlap.js';
import { Planner } from '../../src/pipelines/start/planner.js';
import { RunAs } from '../../src/pipelines/start/run-as.js';
import { StartIds } from '../../src/pipelines/start/start-ids.js';
import type { StartPayload } from '../../src/pipelines/start/start-payload.js';
import { StartReport } from '../../src/pipelines/start/start-report.js';
import { StartPerformer } from '../../src/pipelines/start/start.performer.js';
import { Suppression } from '../../src/pipelines/start/suppression.js';
import { Shutdown } from '../../src/platform/lifecycle/index.js';
import { type CronTrigger, CronTriggers, DeadStarts, SlotPolicy, Timetable } from '../../src/slots/index.js';
import { MemoryPauses } from '../../src/slots/memory/memory-pauses.js';
import { MemorySlotLedger } from '../../src/slots/memory/memory-slot-ledger.js';
import { agedOut } from './aged-out.js';
import { ManualClock } from './manual-clock.js';
import { counterOf, gaugeOf } from './metrics.js';
import { OrcaStore } from './orca-store.js';
import { TestSettings } from './test-settings.js';

/** What instances share, or have in common. */
export class CompensationWorld {
  readonly clock: ManualClock;
  readonly store: OrcaStore;
  readonly settings: TestSettings;
  /** Bodies that were posted to orca. */
  readonly posted: Pipeline[] = [];
  /** What orca was asked. */
  readonly asked: string[] = [];
  /** Makes orca fail: at posts, at questions. */
  broken: { posts?: boolean; questions?: boolean } = {};
  /** Executions that lists do not show, as fiat has it. */
  readonly hidden = new Set<string>();

  constructor(now: string, settings: Record<string, unknown> = {}) {
    this.clock = new ManualClock(Date.parse(now));
    this.store = new OrcaStore(() => this.clock.now());
    this.settings = new TestSettings({
      'scheduler.cron.timezone': 'UTC',
      'scheduler.compensationJob.spreadMs': 0,
      'orca.pipelineInitiatorRetryCount': 1,
      ...settings,
    });
  }

  readonly orca = {
    executions: (ids: readonly string[]) =>
      this.question(`ids ${ids.length}`, () => this.visible(this.store.byIds(ids))),
    latestExecutions: (ids: readonly string[], limit: number) =>
      this.question(`latest ${ids.join(',')} ${limit}`, () =>
        this.visible(this.store.latest(ids, limit)).map((one) => ({
          ...one,
          triggerId: String(one.trigger['id']),
          correlationId: one.trigger['correlationId'] as string,
        })),
      ),
    execution: (id: string) => {
      const [found] = this.store.byIds([id]);
      if (this.broken.questions) return Promise.resolve({ kind: 'unknown', message: 'down' });
      return Promise.resolve(found ? { kind: 'found', ...found } : { kind: 'absent' });
    },
    orchestrate: (body: string) => {
      const pipeline = JSON.parse(body) as Pipeline;
      this.posted.push(pipeline);
      if (this.broken.posts) return Promise.resolve({ kind: 'refused', retryable: true, code: 'c', message: 'busy' });
      return Promise.resolve({ kind: 'accepted', ref: `/pipelines/${this.store.start(pipeline as never)}` });
    },
  } as unknown as OrcaClient;

  private visible<T extends { readonly id: string }>(executions: readonly T[]): T[] {
    return executions.filter(({ id }) => !this.hidden.has(id));
  }

  private question<T>(what: string, answer: () => T): Promise<T> {
    this.asked.push(what);
    return this.broken.questions ? Promise.reject(new Error('orca is down')) : Promise.resolve(answer());
  }
}

const registers = [new Registry()];
const rest = new Counter({
  name: 'rest',
  help: 'rest',
  labelNames: ['exception', 'triggerSource', 'triggerType', 'result'],
  registers,
});

/** An outbox that performs starts, of one instance or of all that share a database. */
export function outboxOf(world: CompensationWorld): MemoryOutbox {
  const { orca, settings, clock } = world;
  const attempts = {
    attempt: async (effect: Effect<StartPayload>): Promise<Outcome> => performer.attempt(effect, () => true),
    prepare: () => undefined,
    conclude: () => undefined,
    lanes: { close: () => undefined },
  } as unknown as EffectAttempts;
  const performer = new StartPerformer(
    orca,
    new Planner(orca),
    reportOf(),
    new StartIds(settings),
    new LastLook(suppressionOf(world), new Overlap(orca), reportOf(), new StartIds(settings)),
    clock,
    settings,
  );
  return new MemoryOutbox(
    attempts,
    clock,
    settings,
    new Shutdown(clock, settings),
    new Pressure(),
    agedOut(),
    gaugeOf(outboxMetrics.depth),
  );
}

const reportOf = (): StartReport =>
  new StartReport({ publish: () => undefined } as unknown as Bus, rest, rest, rest, rest, rest, rest);

const quietPeriodOf = ({ settings, clock }: CompensationWorld): QuietPeriod => new QuietPeriod(settings, clock, rest);

const suppressionOf = (world: CompensationWorld): Suppression => new Suppression(world.settings, quietPeriodOf(world));

/** One instance that looks for missed slots. */
export class CompensationBench {
  readonly compensation: Compensation;
  readonly notes = new PipelineNotes();
  readonly pauses = new MemoryPauses();
  readonly ledger: MemorySlotLedger;
  readonly facts: { readonly name: string; readonly payload: unknown }[] = [];
  readonly slots = counterOf(compensationMetrics.slots);
  readonly misfires: Histogram;
  private readonly ages: TriggerAges;
  private readonly triggers: CronTriggers;
  private pipelines: readonly Pipeline[] = [];

  constructor(
    private readonly world: CompensationWorld,
    readonly outbox: MemoryOutbox = outboxOf(world),
  ) {
    const { settings, clock, orca } = world;
    const { name, help } = compensationMetrics.misfires;
    this.misfires = new Histogram({ name, help, registers: [new Registry()] });
    this.ledger = new MemorySlotLedger(settings);
    const timetable = new Timetable(settings);
    this.triggers = new CronTriggers(timetable);
    const { triggers } = this;
    const cache = { snapshot: () => ({ pipelines: this.pipelines }) } as unknown as PipelineCache;
    const bus = {
      publish: ({ name: fact }: Fact<unknown>, payload: unknown) => this.facts.push({ name: fact, payload }),
    } as unknown as Bus;
    const policy = new SlotPolicy(settings, timetable, this.notes);
    const ids = new SlotIds(new StartIds(settings));
    const questions = new OrcaQuestions(rest);
    this.ages = new TriggerAges(triggers, this.notes);
    this.compensation = new Compensation(
      new Candidates(cache, triggers, timetable, policy, quietPeriodOf(world), clock, settings),
      new Inspector(
        new StartLedger(this.outbox),
        new OwnExecutions(orca, questions, ids, settings),
        new PipelineHistories(orca, questions, timetable, clock, settings),
        new Coverage(timetable, clock),
        this.ages,
      ),
      new Restarts(this.starter(), suppressionOf(world), policy, new DeadStarts(this.outbox), this.ledger, clock),
      this.pauses,
      new CompensationReport(bus, clock, settings, this.misfires, this.slots),
      settings,
    );
  }

  /** Has the instance know these pipelines from now on. */
  refresh(...pipelines: Pipeline[]): this {
    this.pipelines = pipelines;
    const snapshot = { pipelines, skipped: [], loadedAt: this.world.clock.now() };
    this.ages.refreshed({ snapshot, before: undefined });
    return this;
  }

  triggersOf(pipeline: Pipeline): readonly CronTrigger[] {
    return this.triggers.of(pipeline).usable;
  }

  /** Looks once, and lets starts that are due go out. */
  async look(): Promise<void> {
    await this.compensation.run();
    await this.world.clock.advance(0);
  }

  /** The starter of this instance, for starts that the scheduler makes. */
  starter(): Starter {
    const runAs = new RunAs({ enabled: false } as FiatClient);
    return new Starter(this.outbox, suppressionOf(this.world), runAs, new StartIds(this.world.settings), reportOf());
  }
}
