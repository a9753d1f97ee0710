import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Bus } from '../../events/index.js';
import { type EventDecided, eventDecided } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { Batcher, type Transaction, patiently, pooled } from '../../platform/database/index.js';
import { JobRunner } from '../../platform/lifecycle/index.js';
import { Settings } from '../../platform/settings/index.js';
import { DecisionLog, type PipelineDecision, decisionsOn, isWorthKeeping } from '../decision-log.js';
import { decisionsConfig } from '../decisions.config.js';
import { type Decided, decisionsTable } from './decisions-table.js';

const ROUNDS = { atOnce: 2, most: 500, paceMs: 10 };
const HOUR_MS = 3_600_000;

/** The decisions in PostgreSQL: those about concurrent events share a statement. */
@Injectable()
export class SqlDecisionLog extends DecisionLog implements OnModuleInit, OnApplicationBootstrap {
  private readonly source: Transaction;
  private readonly keeping: Batcher<Decided, undefined>;

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly jobs: JobRunner,
    @InjectDataSource() source: DataSource,
  ) {
    super();
    this.source = pooled(source);
    this.keeping = new Batcher((fresh) => this.keep(fresh), ROUNDS);
  }

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'decision log', async (decided) => {
      if (!isWorthKeeping(decided)) return;
      const at = this.clock.now();
      await patiently(this.clock, () => this.keeping.add({ at, decided }));
    });
  }

  onApplicationBootstrap(): void {
    this.jobs.start({
      name: 'decisions.retention',
      description: 'Forgets decisions that are old enough',
      intervalMs: () => HOUR_MS,
      run: () => decisionsTable.forget(this.source, this.clock.now() - this.settings.get(decisionsConfig.retentionMs)),
    });
  }

  async ofEvent(eventId: string): Promise<EventDecided[]> {
    return (await decisionsTable.ofEvent(this.source, eventId)).map(({ decided }) => decided);
  }

  async ofPipelines(pipelineIds: readonly string[], since: number, limit: number): Promise<PipelineDecision[]> {
    const ids = new Set(pipelineIds);
    const found = await decisionsTable.ofPipelines(this.source, pipelineIds, since, limit);
    return found.flatMap(({ at, decided }) => decisionsOn(ids, decided, at));
  }

  async latest(limit: number): Promise<EventDecided[]> {
    return (await decisionsTable.latest(this.source, limit)).map(({ decided }) => decided);
  }

  private async keep(fresh: readonly Decided[]): Promise<undefined[]> {
    await decisionsTable.insert(this.source, fresh);
    return fresh.map(() => undefined);
  }
}
