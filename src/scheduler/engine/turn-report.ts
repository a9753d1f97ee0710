import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Bus } from '../../events/index.js';
import { Starter } from '../../pipelines/index.js';
import { metricToken } from '../../platform/metrics/index.js';
import { isoOf } from '../../platform/query/index.js';
import { type CronTrigger, type MisfiredSlot, type Slot, slotFired, slotMisfired } from '../../slots/index.js';
import { schedulerMetrics } from '../scheduler.metrics.js';
import type { TakenTurn } from '../trigger-store.js';
import type { PlannedTurn } from './turn-planner.js';

const contextOf = ({ id, pipelineId, application }: CronTrigger): object => ({
  triggerId: id,
  pipelineId,
  application,
});

/** Tells what became of slots, once it is settled. */
@Injectable()
export class TurnReport {
  private readonly log = new Logger('Scheduler');

  constructor(
    private readonly bus: Bus,
    private readonly starter: Starter,
    @Inject(metricToken(schedulerMetrics.slots)) private readonly slots: Counter,
    @Inject(metricToken(schedulerMetrics.misfires)) private readonly misfires: Histogram,
  ) {}

  taken({ turn, submissions }: TakenTurn<PlannedTurn>): void {
    turn.slots.forEach((slot, at) => this.settled(turn, slot, at, submissions));
    for (const slot of turn.misfired) this.misfired(slot);
    for (const slot of turn.orphaned) this.orphaned(slot);
  }

  private settled(turn: PlannedTurn, slot: Slot, at: number, submissions: TakenTurn<PlannedTurn>['submissions']): void {
    const start = turn.starts[at];
    const result = start && this.starter.settle(start, submissions[at]);
    if (result?.kind !== 'submitted') return this.slots.inc({ outcome: result?.kind ?? 'duplicate' });
    this.slots.inc({ outcome: 'fired' });
    this.bus.publish(slotFired, slot);
  }

  private misfired(slot: MisfiredSlot): void {
    const { trigger, at, delayMs } = slot;
    this.slots.inc({ outcome: 'misfired' });
    this.misfires.observe(delayMs / 1000);
    this.log.warn({
      message: `A slot of ${trigger.application} at ${isoOf(at)} was reached ${delayMs} ms late and is not run`,
      ...contextOf(trigger),
    });
    this.bus.publish(slotMisfired, slot);
  }

  private orphaned({ trigger, at }: Slot): void {
    this.slots.inc({ outcome: 'no-pipeline' });
    this.log.error({
      message: `No pipeline found (id: ${trigger.pipelineId}) for the slot at ${isoOf(at)}`,
      ...contextOf(trigger),
    });
  }
}
