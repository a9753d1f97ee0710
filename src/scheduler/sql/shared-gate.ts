import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Bus, settingsChanged } from '../../events/index.js';
import { startConfig } from '../../pipelines/index.js';
import { JobRunner } from '../../platform/lifecycle/index.js';
import { isInService } from '../../platform/instance/index.js';
import { Settings } from '../../platform/settings/index.js';
import { ClusterGate } from '../clusters/cluster-gate.js';
import { schedulerConfig } from '../scheduler.config.js';

const HEARTBEAT = 'scheduler.cluster';
const HEARTBEAT_MS = 2000;
const EXPIRY_MS = 10_000;
/**
 * Where no cluster is on, slots are left alone for so long before they are recorded as suppressed: whoever switches over
 * needs two edits, and the second one is heard of with a heartbeat.
 */
const GRACE_MS = 5000;

const BEAT = `
  INSERT INTO clusters (name, enabled, seen_at) VALUES ($1, $2, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  ON CONFLICT (name) DO UPDATE SET enabled = excluded.enabled, seen_at = excluded.seen_at`;

const OTHERS = `
  SELECT name, enabled FROM clusters
  WHERE name <> $1 AND seen_at > (extract(epoch FROM clock_timestamp()) * 1000)::bigint - $2`;

interface Other {
  readonly name: string;
  readonly enabled: boolean;
}

/**
 * The clusters that share a database, known by their heartbeats; without `echo.cluster` there is one. An instance out of
 * service leaves slots to the others, whatever their cluster.
 */
@Injectable()
export class SharedGate extends ClusterGate implements OnModuleInit {
  private readonly log = new Logger('Scheduler');
  private readonly listeners: (() => void)[] = [];
  private readonly name: string | undefined;
  readonly decidesAtClaim: boolean;
  /** What the others were told last of this cluster's switch. */
  private told: boolean | undefined;
  private others: readonly Other[] = [];

  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly settings: Settings,
    private readonly jobs: JobRunner,
    private readonly bus: Bus,
  ) {
    super();
    this.name = settings.get(schedulerConfig.cluster);
    this.decidesAtClaim = this.name !== undefined;
  }

  onModuleInit(): void {
    const { name } = this;
    this.bus.subscribe(settingsChanged, 'cluster', () => this.settingsChanged());
    if (name === undefined) return;
    this.jobs.start({
      name: HEARTBEAT,
      description: `Tells other clusters that '${name}' is there, and whether it fires.`,
      intervalMs: () => HEARTBEAT_MS,
      run: () => this.beat(name),
    });
  }

  horizon(now: number, lookAheadMs: number): number {
    if (!isInService(this.settings)) return Number.NEGATIVE_INFINITY;
    if (this.on || this.name === undefined) return now + lookAheadMs;
    // Until the next heartbeat it is not known who else is there.
    if (this.told !== false) return Number.NEGATIVE_INFINITY;
    if (this.others.length === 0) return now + lookAheadMs;
    return this.others.some(({ enabled }) => enabled) ? Number.NEGATIVE_INFINITY : now - GRACE_MS;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private get on(): boolean {
    return this.settings.get(startConfig.cronEnabled);
  }

  private async beat(name: string): Promise<void> {
    const { on } = this;
    await this.source.query(BEAT, [name, on]);
    const before = this.others;
    this.others = await this.source.query<Other[]>(OTHERS, [name, EXPIRY_MS]);
    this.told = on;
    const [was, is] = [textOf(before), textOf(this.others)];
    if (was !== is) this.log.log(`Clusters besides '${name}': ${is || 'none'}`);
    this.moved();
  }

  private async settingsChanged(): Promise<void> {
    if (this.name === undefined) this.moved();
    else await this.jobs.runNow(HEARTBEAT);
  }

  private moved(): void {
    for (const listener of this.listeners) listener();
  }
}

const textOf = (others: readonly Other[]): string =>
  others
    .map(({ name, enabled }) => `${name} (${enabled ? 'on' : 'off'})`)
    .sort()
    .join(', ');
