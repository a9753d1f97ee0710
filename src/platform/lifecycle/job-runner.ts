import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../clock/index.js';
import { messageOf } from '../errors/index.js';
import { isoOf } from '../query/index.js';
import { Drain } from './drain.js';
import { Shutdown } from './shutdown.js';

/** A piece of recurring work. */
export interface Job {
  /** Unique; how the job is listed and logged. */
  readonly name: string;
  readonly description: string;
  /** Milliseconds from the end of one run to the start of the next; asked anew each time. */
  readonly intervalMs: () => number;
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** What `GET /admin/jobs` says of a job. Times are ISO 8601. */
export interface JobStatus {
  readonly name: string;
  readonly description: string;
  readonly running: boolean;
  readonly runs: number;
  readonly lastRun: string | null;
  readonly lastDurationMs: number | null;
  readonly lastError: string | null;
  /** Null while the run that was due is under way. */
  readonly nextRun: string | null;
}

interface Entry {
  readonly job: Job;
  runs: number;
  running: Promise<void> | undefined;
  lastRun: number | undefined;
  lastDurationMs: number | undefined;
  lastError: string | undefined;
  nextRun: number | undefined;
}

/**
 * Runs recurring work under names in Nest's scheduler registry. A job never overlaps itself: the pause counts from the
 * end of a run. A run that fails is recorded and the next one comes as usual. At shutdown jobs stop before all else;
 * a run that does not heed its signal is left behind after a while.
 */
@Injectable()
export class JobRunner implements OnModuleInit {
  private readonly log = new Logger(JobRunner.name);
  private readonly entries = new Map<string, Entry>();
  private readonly stopping = new AbortController();
  private readonly underWay = new Drain();

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
  ) {}

  onModuleInit(): void {
    this.shutdown.register('sources', (limitMs) => this.stop(limitMs));
  }

  /** Starts a job: its first run begins after `delayMs`, at once by default. */
  start(job: Job, delayMs = 0): void {
    const entry: Entry = {
      job,
      runs: 0,
      running: undefined,
      lastRun: undefined,
      lastDurationMs: undefined,
      lastError: undefined,
      nextRun: undefined,
    };
    this.entries.set(job.name, entry);
    this.schedule(entry, delayMs);
  }

  /** Runs a job now; joins the run under way if there is one. Resolves when it has ended, whether well or not. */
  runNow(name: string): Promise<void> {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`There is no job called '${name}'.`);
    return (entry.running ??= this.perform(entry).finally(() => (entry.running = undefined)));
  }

  list(): JobStatus[] {
    return [...this.entries.values()].map((entry) => ({
      name: entry.job.name,
      description: entry.job.description,
      running: entry.running !== undefined,
      runs: entry.runs,
      lastRun: isoOf(entry.lastRun),
      lastDurationMs: entry.lastDurationMs ?? null,
      lastError: entry.lastError ?? null,
      nextRun: isoOf(entry.nextRun),
    }));
  }

  private async stop(limitMs: number): Promise<void> {
    this.stopping.abort(new Error('shutting down'));
    for (const name of this.entries.keys()) this.unschedule(name);
    if ((await this.underWay.close(limitMs, this.clock)) === 0) return;
    const left = this.list().filter(({ running }) => running);
    this.log.warn(`Left behind at shutdown: ${left.map(({ name }) => name).join(', ')}`);
  }

  private schedule(entry: Entry, delayMs: number): void {
    const { name } = entry.job;
    if (this.stopping.signal.aborted) return;
    entry.nextRun = this.clock.now() + delayMs;
    this.unschedule(name);
    const timer = setTimeout(() => {
      entry.nextRun = undefined;
      void this.runNow(name).then(() => this.schedule(entry, entry.job.intervalMs()));
    }, delayMs);
    this.registry.addTimeout(name, timer);
  }

  private unschedule(name: string): void {
    if (this.registry.doesExist('timeout', name)) this.registry.deleteTimeout(name);
  }

  private async perform(entry: Entry): Promise<void> {
    const leave = this.underWay.enter();
    const started = this.clock.monotonic();
    entry.lastRun = this.clock.now();
    try {
      await entry.job.run(this.stopping.signal);
      entry.lastError = undefined;
    } catch (error) {
      entry.lastError = messageOf(error);
      this.log.error({ message: `Job '${entry.job.name}' failed: ${entry.lastError}`, err: error });
    } finally {
      entry.runs++;
      entry.lastDurationMs = Math.round(this.clock.monotonic() - started);
      leave();
    }
  }
}
