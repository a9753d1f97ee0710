import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Bus } from '../../events/index.js';
import { type PipelinesRefreshed, type Snapshot, pipelinesById, pipelinesRefreshed } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import type { CronTrigger } from '../cron-trigger.js';
import { CronTriggers } from '../cron-triggers.js';
import { Timetable } from '../timetable.js';
import { type KnownTrigger, type Schedule, Times } from './schedule.js';
import { type TriggerSource, triggerSources } from './trigger-source.js';

/** So many pipelines are looked at in one turn of the event loop: events must not wait for this. */
const AT_ONCE = 200;

interface GrowingSchedule extends Schedule {
  readonly members: KnownTrigger[];
}

/** What a load of pipelines has; the schedules by zone and expression. */
interface Loaded {
  readonly snapshot: Snapshot | undefined;
  readonly triggers: KnownTrigger[];
  readonly schedules: Map<string, GrowingSchedule>;
}

const loadedOf = (snapshot?: Snapshot): Loaded => ({ snapshot, triggers: [], schedules: new Map() });

/**
 * Knows all cron triggers, those that are never due too. It looks ahead whenever pipelines are loaded, so that who asks
 * has little to wait for, and it does so by schedule: of many triggers most are due at the same times as others.
 */
@Injectable()
export class KnownTriggers implements OnModuleInit {
  private loaded = loadedOf();
  private sources: readonly TriggerSource[] = [];
  private round = 0;

  constructor(
    private readonly bus: Bus,
    private readonly cron: CronTriggers,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
    private readonly discovery: DiscoveryService,
  ) {}

  onModuleInit(): void {
    this.sources = triggerSources.collect(this.discovery).map(({ instance }) => instance);
    this.bus.subscribe(pipelinesRefreshed, 'known triggers', (refreshed) => this.lookAhead(refreshed));
  }

  /** Those that are on no pipeline come first. */
  async all(): Promise<KnownTrigger[]> {
    return [...(await this.onNoPipeline()), ...this.loaded.triggers];
  }

  async schedules(): Promise<Schedule[]> {
    const others = await this.onNoPipeline();
    return [...others.map((known) => this.scheduleOf(known)), ...this.loaded.schedules.values()];
  }

  /** The schedule of one trigger alone. */
  scheduleOf(known: KnownTrigger): Schedule {
    return { times: new Times(this.timetable, known.trigger), members: [known] };
  }

  private async onNoPipeline(): Promise<KnownTrigger[]> {
    const triggers = await Promise.all(this.sources.map((source) => source.triggers()));
    const { snapshot } = this.loaded;
    const pipelines = snapshot && pipelinesById(snapshot);
    return triggers.flat().map((trigger) => ({ trigger, pipeline: pipelines?.get(trigger.pipelineId) }));
  }

  private async lookAhead({ snapshot }: PipelinesRefreshed): Promise<void> {
    const round = ++this.round;
    const loaded = loadedOf(snapshot);
    for (const [index, pipeline] of snapshot.pipelines.entries()) {
      if (index % AT_ONCE === 0) await turn();
      // A later load has begun: it will know better.
      if (round !== this.round) return;
      for (const trigger of this.cron.of(pipeline).usable) this.put(loaded, { trigger, pipeline });
    }
    this.loaded = loaded;
  }

  private put({ triggers, schedules }: Loaded, known: KnownTrigger): void {
    triggers.push(known);
    const name = nameOf(known.trigger);
    const schedule = schedules.get(name);
    if (schedule) return void schedule.members.push(known);
    const times = this.loaded.schedules.get(name)?.times ?? new Times(this.timetable, known.trigger);
    times.next(this.clock.now());
    schedules.set(name, { times, members: [known] });
  }
}

const nameOf = ({ timeZone, expression }: CronTrigger): string => `${timeZone} ${expression}`;
