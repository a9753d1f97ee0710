import { Histogram, Registry } from 'prom-client';
import type { FiatClient } from '../../src/clients/index.js';
import { type Bus, type Fact, Pressure } from '../../src/events/index.js';
import type { EffectAttempts } from '../../src/outbox/effect-attempt.js';
import type { Effect } from '../../src/outbox/index.js';
import { MemoryOutbox } from '../../src/outbox/memory/memory-outbox.js';
import { outboxMetrics } from '../../src/outbox/outbox.metrics.js';
import { type Pipeline, type PipelineCache, type Snapshot, Starter } from '../../src/pipelines/index.js';
import { pipelinesMetrics } from '../../src/pipelines/pipelines.metrics.js';
import { PipelineNotes, QuietPeriod } from '../../src/pipelines/index.js';
import { RunAs } from '../../src/pipelines/start/run-as.js';
import type { StartPayload } from '../../src/pipelines/start/start-payload.js';
import { StartIds } from '../../src/pipelines/start/start-ids.js';
import { StartReport } from '../../src/pipelines/start/start-report.js';
import { Suppression } from '../../src/pipelines/start/suppression.js';
import { Shutdown } from '../../src/platform/lifecycle/index.js';
import { Engine } from '../../src/scheduler/engine/engine.js';
import { PipelineLookUp } from '../../src/scheduler/engine/pipeline-look-up.js';
import { OpenGate } from '../../src/scheduler/clusters/cluster-gate.js';
import { SlotClaims } from '../../src/scheduler/engine/slot-claims.js';
import { SlotStarts } from '../../src/scheduler/engine/slot-starts.js';
import { TurnPlanner } from '../../src/scheduler/engine/turn-planner.js';
import { TurnReport } from '../../src/scheduler/engine/turn-report.js';
import { MemoryTriggerStore } from '../../src/scheduler/memory/memory-trigger-store.js';
import { schedulerMetrics } from '../../src/scheduler/scheduler.metrics.js';
import { CronTriggers, SlotPolicy, Timetable } from '../../src/slots/index.js';
import { MemoryPauses } from '../../src/slots/memory/memory-pauses.js';
import { MemorySlotLedger } from '../../src/slots/memory/memory-slot-ledger.js';
import { agedOut } from './aged-out.js';
import { ManualClock } from './manual-clock.js';
import { counterOf, gaugeOf } from './metrics.js';
import { TestSettings } from './test-settings.js';

/** A start as it went out. */
export interface Gone {
  readonly pipeline: string;
  readonly slot: number | undefined;
  /** When it went out. */
  readonly at: number;
  readonly effect: Effect<StartPayload>;
}

/** The scheduler of one instance in memory mode on a clock of the test's, with an orca that takes everything. */
export class SchedulerBench {
  readonly clock: ManualClock;
  readonly settings: TestSettings;
  readonly gone: Gone[] = [];
  readonly facts: { readonly name: string; readonly payload: unknown }[] = [];
  readonly slots = counterOf(schedulerMetrics.slots);
  readonly store: MemoryTriggerStore;
  readonly ledger: MemorySlotLedger;
  readonly pauses = new MemoryPauses();
  readonly outbox: MemoryOutbox;
  readonly engine: Engine;
  readonly timetable: Timetable;
  readonly shutdown: Shutdown;
  /** How often the store was asked for what is due. */
  claims = 0;
  /** Whether so many starts wait in line that no more should be written down. */
  busy = false;
  private snapshot: Snapshot;

  constructor(pipelines: readonly Pipeline[], now: string, settings: Record<string, unknown> = {}) {
    this.clock = new ManualClock(Date.parse(now));
    this.settings = new TestSettings({ 'scheduler.cron.timezone': 'UTC', ...settings });
    this.shutdown = new Shutdown(this.clock, this.settings);
    this.timetable = new Timetable(this.settings);
    this.snapshot = { pipelines, skipped: [], loadedAt: this.clock.now() };
    const attempts = {
      attempt: (effect: Effect<StartPayload>) => this.attempt(effect),
      conclude: () => undefined,
      prepare: () => undefined,
      isBusy: () => this.busy,
      lanes: { close: () => undefined },
    } as unknown as EffectAttempts;
    const depth = gaugeOf(outboxMetrics.depth);
    this.outbox = new MemoryOutbox(
      attempts,
      this.clock,
      this.settings,
      this.shutdown,
      new Pressure(),
      agedOut(),
      depth,
    );
    this.ledger = new MemorySlotLedger(this.settings);
    this.store = new MemoryTriggerStore(this.outbox, this.ledger);
    const claim = this.store.claim.bind(this.store);
    this.store.claim = (...given) => {
      this.claims++;
      return claim(...given);
    };
    this.engine = this.engineOver(this.starter());
  }

  /** Syncs the triggers and begins. */
  async start(): Promise<void> {
    this.engine.onModuleInit();
    this.engine.onApplicationBootstrap();
    await this.sync();
  }

  async sync(pipelines: readonly Pipeline[] = this.snapshot.pipelines): Promise<void> {
    this.snapshot = { pipelines, skipped: [], loadedAt: this.clock.now() };
    const reader = new CronTriggers(this.timetable);
    const wanted = pipelines.flatMap((pipeline) => reader.of(pipeline).usable);
    const now = this.clock.now();
    await this.store.sync(wanted, (trigger) => this.timetable.first(trigger, now));
    await this.clock.advance(0);
  }

  private attempt(effect: Effect<StartPayload>): Promise<{ kind: 'done' }> {
    const { name } = effect.payload.pipeline;
    this.gone.push({ pipeline: name, slot: effect.cause.slot, at: this.clock.now(), effect });
    return Promise.resolve({ kind: 'done' });
  }

  private starter(): Starter {
    const count = counterOf(pipelinesMetrics.orcaRequests);
    const quiet = new QuietPeriod(this.settings, this.clock, counterOf(pipelinesMetrics.quietPeriodTests));
    const report = new StartReport(this.bus(), count, count, count, count, count, count);
    const runAs = new RunAs({ enabled: false } as FiatClient);
    return new Starter(this.outbox, new Suppression(this.settings, quiet), runAs, new StartIds(this.settings), report);
  }

  private engineOver(starter: Starter): Engine {
    const cache = {
      ready: () => Promise.resolve(this.snapshot),
      snapshot: () => this.snapshot,
      find: () => Promise.resolve(undefined),
    } as unknown as PipelineCache;
    const gate = new OpenGate();
    const policy = new SlotPolicy(this.settings, this.timetable, new PipelineNotes());
    const planner = new TurnPlanner(
      this.timetable,
      new PipelineLookUp(cache),
      new SlotStarts(starter, gate, policy),
      this.pauses,
      policy,
      this.clock,
      this.settings,
    );
    const { name, help } = schedulerMetrics.misfires;
    const misfires = new Histogram({ name, help, registers: [new Registry()] });
    const report = new TurnReport(this.bus(), starter, this.slots, misfires);
    const claims = new SlotClaims(this.store, gate, planner, report, starter, this.clock, this.settings);
    return new Engine(claims, cache, this.clock, this.shutdown);
  }

  private bus(): Bus {
    return {
      publish: ({ name }: Fact<unknown>, payload: unknown) => void this.facts.push({ name, payload }),
    } as unknown as Bus;
  }
}
