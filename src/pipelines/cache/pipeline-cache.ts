import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { Bus } from '../../events/index.js';
import { Clock } from '../../platform/clock/index.js';
import { messageOf } from '../../platform/errors/index.js';
import { Deferred, JobRunner } from '../../platform/lifecycle/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import type { Identity } from '../../platform/request-context/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Pipeline, titleOf } from '../model/pipeline.js';
import { pipelinesConfig } from '../pipelines.config.js';
import { pipelinesRefreshed } from '../pipelines.facts.js';
import { pipelinesMetrics } from '../pipelines.metrics.js';
import { PipelineReader } from './pipeline-reader.js';
import { PipelineSource } from './pipeline-source.js';
import { RemovalGuard } from './removal-guard.js';
import { type Snapshot, identityKey, withPipeline } from './snapshot.js';

export const LOAD_PIPELINES = 'load-pipelines';

/**
 * The pipelines that Echo knows, loaded again and again by a job. Readers get one consistent snapshot; a load that
 * fails changes nothing.
 */
@Injectable()
export class PipelineCache implements OnApplicationBootstrap {
  private readonly log = new Logger(PipelineCache.name);
  private readonly guard = new RemovalGuard();
  private current: Snapshot | undefined;
  private readonly firstLoad = new Deferred<Snapshot>();
  private changes: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: PipelineSource,
    private readonly reader: PipelineReader,
    private readonly jobs: JobRunner,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(metricToken(pipelinesMetrics.front50Errors)) private readonly errors: Counter,
  ) {}

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: LOAD_PIPELINES,
      description: `Loads the pipelines from ${this.source.title}.`,
      intervalMs: () => this.source.intervalMs(),
      run: () => this.load(),
    });
  }

  /** The latest good load; `undefined` before the first. */
  snapshot(): Snapshot | undefined {
    return this.current;
  }

  /** Whether a pipeline that the cache does not know may exist all the same. */
  get partial(): boolean {
    return this.source.partial();
  }

  /** Resolves after the first good load, however long it takes. */
  ready(): Promise<Snapshot> {
    return this.firstLoad.promise;
  }

  /** The latest state of a known pipeline; what is known of it when that cannot be had (core.md §1.7). */
  async refresh(known: Pipeline, identity: Identity): Promise<Pipeline> {
    if (known.id === undefined) return known;
    try {
      const raw = await this.source.byId(known.id, identity);
      const outcome = raw === undefined ? undefined : await this.reader.read(raw, identity);
      return outcome?.kind === 'read' ? outcome.pipeline : known;
    } catch (error) {
      this.log.warn(`Could not refresh ${titleOf(known)}, its cached state is used: ${messageOf(error)}`);
      return known;
    }
  }

  /** Looks a pipeline up at its source, by name and then by id; `undefined` when neither knows it. */
  async find(application: string, nameOrId: string, identity: Identity): Promise<Pipeline | undefined> {
    const looks = [
      () => this.source.byName(application, nameOrId, identity),
      () => this.source.byId(nameOrId, identity),
    ];
    for (const look of looks) {
      const raw = await look().catch(() => undefined);
      const outcome = raw === undefined ? undefined : await this.reader.read(raw, identity);
      if (outcome?.kind === 'read') return outcome.pipeline;
    }
    return undefined;
  }

  /** Takes the latest state of one pipeline into the snapshot. Before the first load nothing is done: it is coming. */
  reload(id: string, identity: Identity): Promise<void> {
    return this.inTurn(async () => {
      const before = this.current;
      const raw = before && (await this.source.byId(id, identity));
      const outcome = raw === undefined ? undefined : await this.reader.read(raw, identity);
      if (before && outcome?.kind === 'read') await this.replace(before, withPipeline(before, outcome.pipeline));
    });
  }

  private load(): Promise<void> {
    return this.inTurn(async () => {
      let loaded: Snapshot;
      try {
        loaded = await this.loadSnapshot();
      } catch (error) {
        this.errors.inc();
        throw error;
      }
      await this.replace(this.current, this.guarded(this.current, loaded));
    });
  }

  /** A load that began before a pipeline was saved must not undo what a reload found afterwards. */
  private inTurn(change: () => Promise<void>): Promise<void> {
    const result = this.changes.then(change);
    this.changes = result.catch(() => undefined);
    return result;
  }

  private async replace(before: Snapshot | undefined, snapshot: Snapshot): Promise<void> {
    this.current = snapshot;
    this.firstLoad.resolve(snapshot);
    await this.bus.publishAndWait(pipelinesRefreshed, { snapshot, before });
  }

  private async loadSnapshot(): Promise<Snapshot> {
    const outcomes = await this.reader.readAll(await this.source.load());
    return {
      pipelines: outcomes.flatMap((outcome) => (outcome.kind === 'read' ? [outcome.pipeline] : [])),
      skipped: outcomes.flatMap((outcome) => (outcome.kind === 'skipped' ? [outcome.skipped] : [])),
      loadedAt: this.clock.now(),
    };
  }

  private guarded(before: Snapshot | undefined, loaded: Snapshot): Snapshot {
    const verdict = this.guard.judge(before, loaded, {
      share: this.settings.get(pipelinesConfig.removalGuardShare),
      count: this.settings.get(pipelinesConfig.removalGuardCount),
    });
    if (verdict.kind === 'accept' || !before) return loaded;
    this.log.warn(
      `${this.source.title} no longer has ${verdict.missing.size} of ${before.pipelines.length} pipelines: ` +
        'they stay until the next load agrees.',
    );
    const held = before.pipelines.filter((pipeline) => verdict.missing.has(identityKey(pipeline)));
    return { ...loaded, pipelines: [...loaded.pipelines, ...held] };
  }
}
