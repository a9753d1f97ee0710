import { Gauge } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { DiscoveryService } from '@nestjs/core';
import { type Bus, Pressure } from '../../src/events/index.js';
import { EffectAttempts } from '../../src/outbox/effect-attempt.js';
import type { Effect, NewEffect, Outcome } from '../../src/outbox/effect.js';
import { type Destination, type EffectPerformer, type Outbox, PerformsEffects } from '../../src/outbox/index.js';
import { Lanes } from '../../src/outbox/lanes/lanes.js';
import { MemoryOutbox } from '../../src/outbox/memory/memory-outbox.js';
import { outboxMetrics } from '../../src/outbox/outbox.metrics.js';
import { SqlOutbox } from '../../src/outbox/sql/sql-outbox.js';
import { type Job, type JobRunner, Shutdown } from '../../src/platform/lifecycle/index.js';
import { agedOut } from '../support/aged-out.js';
import { ManualClock } from '../support/manual-clock.js';
import { counterOf } from '../support/metrics.js';
import { TestSettings } from '../support/test-settings.js';

export type Script = (effect: Effect, isOurs: () => boolean) => Outcome | Promise<Outcome>;

/** One outbox whose attempts end as a script says. */
export interface OutboxUnderTest<O extends Outbox = Outbox> {
  readonly outbox: O;
  readonly clock: ManualClock;
  /** Made ready before their instant. */
  readonly prepared: Effect[];
  readonly attempted: Effect[];
  readonly concluded: Effect[];
  readonly shutdown: Shutdown;
  /** Moves the clock, and lets what falls due happen. */
  advance(ms: number): Promise<void>;
}

export const newEffect = (key: string, more: Partial<NewEffect> = {}): NewEffect => ({
  kind: 'test',
  key,
  payload: { n: 1 },
  identity: { headers: {} },
  cause: { inboxId: 'I' },
  ...more,
});

/** Attempts of effects of any kind end as the script says; where they go is what their payload says. */
class ScriptedAttempts extends EffectAttempts {
  readonly prepared: Effect[] = [];
  readonly attempted: Effect[] = [];
  readonly concluded: Effect[] = [];

  constructor(clock: ManualClock, settings: TestSettings, script: Script) {
    @PerformsEffects({ name: 'test' })
    class Performer implements EffectPerformer {
      destinationOf({ payload }: Effect): Destination {
        return { name: '', ...(payload as { to?: Destination }).to };
      }

      prepare(effect: Effect): void {
        prepared.push(effect);
      }

      attempt(effect: Effect, isOurs: () => boolean): Promise<Outcome> {
        attempted.push(effect);
        return Promise.resolve(script(effect, isOurs));
      }
    }
    @PerformsEffects({ name: 'ledger', ledger: true })
    class LedgerPerformer extends Performer {}
    const wrappers = [Performer, LedgerPerformer].map((metatype) => ({
      metatype,
      instance: new metatype(),
      isDependencyTreeStatic: () => true,
    }));
    const discovery = { getProviders: () => wrappers } as unknown as DiscoveryService;
    const bus = { publish: () => undefined } as unknown as Bus;
    const counters = [counterOf(outboxMetrics.attempts), counterOf(outboxMetrics.effects)] as const;
    super(discovery, bus, clock, new Lanes(clock, settings), ...counters);
    const { attempted, prepared } = this;
    this.onModuleInit();
  }

  override conclude(effect: Effect): void {
    this.concluded.push(effect);
  }
}

function parts(script: Script, values: Record<string, unknown>, clock: ManualClock) {
  const settings = new TestSettings(values);
  const attempts = new ScriptedAttempts(clock, settings, script);
  const { prepared, attempted, concluded } = attempts;
  const depth = new Gauge({ name: 'depth', help: 'depth', registers: [] });
  return { prepared, attempted, concluded, attempts, depth, clock, settings, shutdown: new Shutdown(clock, settings) };
}

export function memoryOutbox(
  script: Script,
  values: Record<string, unknown> = {},
  theClock = new ManualClock(),
  pressure = new Pressure(),
): OutboxUnderTest<MemoryOutbox> {
  const { attempts, clock, settings, shutdown, depth, ...seen } = parts(script, values, theClock);
  const outbox = new MemoryOutbox(attempts, clock, settings, shutdown, pressure, agedOut(), depth);
  outbox.onModuleInit();
  return { outbox, clock, shutdown, ...seen, advance: (ms) => clock.advance(ms) };
}

/** An instance over a database: two of them over one share their effects. Its jobs run when the test says so. */
export interface SqlInstance extends OutboxUnderTest<SqlOutbox> {
  /** Runs a job, as the clock would. */
  runJob(name: string): Promise<void>;
}

export function sqlOutbox(
  source: DataSource,
  script: Script,
  values: Record<string, unknown> = {},
  theClock = new ManualClock(),
): SqlInstance {
  const { attempts, clock, settings, shutdown, depth, ...seen } = parts(script, values, theClock);
  const jobs = new Map<string, Job>();
  const runner = { start: (job: Job) => jobs.set(job.name, job) } as unknown as JobRunner;
  const outbox = new SqlOutbox(attempts, clock, settings, shutdown, runner, source, depth);
  outbox.onModuleInit();
  outbox.onApplicationBootstrap();
  return {
    outbox,
    clock,
    shutdown,
    ...seen,
    advance: async (ms) => {
      await clock.advance(ms);
      await outbox.takeOver();
    },
    runJob: async (name) => jobs.get(name)?.run(new AbortController().signal),
  };
}
