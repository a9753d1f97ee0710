import { Injectable } from '@nestjs/common';
import { describeCron } from '../../cron/index.js';
import { type Effect, Outbox } from '../../outbox/index.js';
import { START } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { NotFoundError } from '../../platform/errors/index.js';
import { isoOf } from '../../platform/query/index.js';
import { Pauses, SlotLedger, type SlotRecord, Timetable, pauseOf } from '../../slots/index.js';
import { type ScheduledTrigger, TriggerStore } from '../trigger-store.js';
import { type SlotView, type TriggerState, type TriggerView, slotView, triggerView } from './trigger-view.js';

/** What `GET /triggers/cron/{id}` adds. */
export interface TriggerDetails extends TriggerView {
  readonly description: string;
  readonly next: readonly string[];
  readonly last: readonly SlotView[];
}

export interface TriggerFilter {
  readonly application: string | undefined;
  readonly pipeline: string | undefined;
  readonly state: TriggerState | undefined;
}

const SHOWN = 10;

const fits = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value;

/** Reads cron triggers and their slots for people. */
@Injectable()
export class TriggerReader {
  constructor(
    private readonly store: TriggerStore,
    private readonly ledger: SlotLedger,
    private readonly pauses: Pauses,
    private readonly outbox: Outbox,
    private readonly timetable: Timetable,
    private readonly clock: Clock,
  ) {}

  async list({ application, pipeline, state }: TriggerFilter): Promise<TriggerView[]> {
    const pauses = await this.pauses.all();
    return [...(await this.store.list('pipeline')), ...(await this.store.list('user'))]
      .filter(({ trigger }) => fits(application, trigger.application) && fits(pipeline, trigger.pipelineId))
      .map((scheduled) => triggerView(scheduled, pauseOf(pauses, scheduled.trigger)))
      .filter((view) => state === undefined || view.state === state);
  }

  async details(id: string): Promise<TriggerDetails> {
    const scheduled = await this.find(id);
    const { trigger } = scheduled;
    const pause = pauseOf(await this.pauses.all(), trigger);
    const reading = this.timetable.read(trigger.expression);
    const records = await this.ledger.latest(trigger.key, SHOWN);
    return {
      ...triggerView(scheduled, pause),
      description: reading.kind === 'valid' ? describeCron(trigger.expression, reading.cron) : reading.message,
      next: this.timetable.between(trigger, this.clock.now(), Number.POSITIVE_INFINITY, SHOWN).map((at) => isoOf(at)),
      last: await this.slots(records),
    };
  }

  /** @throws NotFoundError */
  async find(id: string): Promise<ScheduledTrigger> {
    const found = (await this.store.find(id)) ?? (await this.store.find(`user:${id}`));
    if (found) return found;
    throw new NotFoundError(`There is no cron trigger with the id ${id}.`);
  }

  /** What became of these slots. */
  async slots(records: readonly SlotRecord[]): Promise<SlotView[]> {
    const starts = await this.starts(records);
    return records.map((record) => slotView(record, starts.get(record.startKey ?? '')));
  }

  /** The starts of these slots, by key, as far as they are still known. */
  async starts(records: readonly SlotRecord[]): Promise<Map<string, Effect>> {
    const keys = records.flatMap(({ startKey }) => startKey ?? []);
    const effects = keys.length > 0 ? await this.outbox.known(START, keys) : [];
    return new Map(effects.map((effect) => [effect.key, effect]));
  }
}
