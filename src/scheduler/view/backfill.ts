import { Injectable } from '@nestjs/common';
import type { Effect } from '../../outbox/index.js';
import { Starter } from '../../pipelines/index.js';
import { Clock } from '../../platform/clock/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { isoOf } from '../../platform/query/index.js';
import {
  DeadStarts,
  type Slot,
  SlotLedger,
  Timetable,
  anothersKey,
  slotKey,
  slotRecord,
  slotStart,
  wasStartedAgain,
} from '../../slots/index.js';
import { PipelineLookUp } from '../engine/pipeline-look-up.js';
import { TriggerReader } from './trigger-reader.js';

/** What a backfill makes, or would make, of one slot. */
export interface BackfilledSlot {
  readonly slot: string;
  /** `has-run`: its start is done or under way, so it is left alone. */
  readonly action: 'start' | 'has-run' | 'suppressed';
  readonly reason: string | null;
}

export interface BackfillRange {
  readonly from: number;
  readonly to: number;
  readonly dryRun: boolean;
}

/** As many slots are started at once at most: whoever wants more does it in parts. */
const MOST_SLOTS = 200;

const hasRun = (start: Effect): boolean =>
  start.state === 'done' || start.state === 'pending' || wasStartedAgain(start, 'compensation');

/** Starts slots of the past that have no start, or whose start failed or was held back. */
@Injectable()
export class Backfill {
  constructor(
    private readonly triggers: TriggerReader,
    private readonly timetable: Timetable,
    private readonly ledger: SlotLedger,
    private readonly pipelines: PipelineLookUp,
    private readonly starter: Starter,
    private readonly deadStarts: DeadStarts,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidRequestError where the range has too many slots, or none of its pipeline is known */
  async run(id: string, { from, to, dryRun }: BackfillRange): Promise<BackfilledSlot[]> {
    const { trigger } = await this.triggers.find(id);
    const until = Math.min(to, this.clock.now());
    const instants = this.timetable.between(trigger, from - 1, until, MOST_SLOTS + 1);
    if (instants.length > MOST_SLOTS) {
      throw new InvalidRequestError(`The range has more than ${MOST_SLOTS} slots: choose a shorter one.`);
    }
    const records = await this.ledger.within({ from, to: until, triggerKey: trigger.key });
    const starts = await this.triggers.starts(records);
    const known = new Map(records.map(({ slot, startKey }) => [slot, starts.get(startKey ?? '')]));
    const done: BackfilledSlot[] = [];
    for (const at of instants) done.push(await this.one({ trigger, at }, known.get(at), dryRun));
    return done;
  }

  private async one(slot: Slot, former: Effect | undefined, dryRun: boolean): Promise<BackfilledSlot> {
    const shown = { slot: isoOf(slot.at) };
    if (former && hasRun(former)) return { ...shown, action: 'has-run', reason: former.discarded ?? null };
    const reason = former?.suppressedBy ?? former?.lastError ?? null;
    if (dryRun) return { ...shown, action: 'start', reason };
    const result = await this.start(slot, former);
    if (result.kind === 'suppressed') return { ...shown, action: 'suppressed', reason: result.by };
    return { ...shown, action: result.kind === 'duplicate' ? 'has-run' : 'start', reason };
  }

  private async start(slot: Slot, former: Effect | undefined): ReturnType<Starter['start']> {
    const { trigger } = slot;
    const pipeline = await this.pipelines.find(trigger);
    if (!pipeline) throw new InvalidRequestError(`No pipeline found (id: ${trigger.pipelineId})`, 'no-pipeline');
    const isOpen = former?.state === 'dead' && former.discarded === undefined;
    if (isOpen && !(await this.deadStarts.putAside(former, 'backfill'))) return { kind: 'duplicate' };
    // A start that failed or was held back keeps its key: the next one is told apart by it, and still made only once.
    const isTaken = former && former.key !== anothersKey(slot);
    const key = isTaken ? `${slotKey(slot)}/after/${former.id}` : slotKey(slot);
    const { notBefore: _now, ...request } = slotStart(slot, pipeline);
    const result = await this.starter.start({ ...request, key });
    await this.ledger.record([slotRecord(slot, 'fired', this.clock.now(), key)]);
    return result;
  }
}
