import { Injectable } from '@nestjs/common';
import type { Effect } from '../outbox/index.js';
import {
  type Pipeline,
  type StartRequest,
  type StartResult,
  Starter,
  Suppression,
  type Trigger,
} from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import {
  type CronTrigger,
  DeadStarts,
  type Pause,
  SlotLedger,
  SlotPolicy,
  pauseOf,
  pauseText,
  slotRecord,
} from '../slots/index.js';
import type { Known } from './slot-ids.js';
import { keyOfRound } from './start-ledger.js';

/** The start of a missed slot, as it is made now. */
export interface Restart<S extends Known = Known> {
  readonly slot: S;
  readonly request: StartRequest;
  /** It is recorded, and does not go out. */
  readonly isHeld: boolean;
  /** The dead start that it comes after. */
  readonly after?: Effect;
}

/** Starts the pipelines of slots that were missed. */
@Injectable()
export class Restarts {
  constructor(
    private readonly starter: Starter,
    private readonly suppression: Suppression,
    private readonly policy: SlotPolicy,
    private readonly deadStarts: DeadStarts,
    private readonly ledger: SlotLedger,
    private readonly clock: Clock,
  ) {}

  /** @param pauses those that hold now */
  plan<S extends Known>(slot: S, pauses: readonly Pause[]): Restart<S> {
    const pause = pauseOf(pauses, slot.trigger);
    const heldBackBy = pause && { heldBackBy: pauseText(pause) };
    const request = this.policy.applied({ ...restartOf(slot), ...heldBackBy }, slot, slot.pipeline);
    // As the scheduler has it: a slot that passes during a pause is not run after it.
    if (pause && pause.since <= slot.at) return { slot, request, isHeld: true };
    const isHeld = request.heldBackBy !== undefined || this.suppression.check(request).kind !== 'allowed';
    // A start that is held back must not stand in the way of the slot's own: what holds this one need not hold that.
    if (isHeld) return { slot, request: { ...request, key: `held/${slot.key}` }, isHeld };
    return { slot, request, isHeld, ...(slot.start?.effect.state === 'dead' && { after: slot.start.effect }) };
  }

  /** @param afterMs how long from now the start goes out */
  async start({ slot, request, after }: Restart, afterMs: number): Promise<StartResult> {
    if (after && !(await this.deadStarts.putAside(after, 'compensation'))) return { kind: 'duplicate' };
    const now = this.clock.now();
    const result = await this.starter.start({ ...request, ...(afterMs > 0 && { notBefore: now + afterMs }) });
    // What became of the slot is this start's to say from now on.
    if (result.kind === 'submitted') await this.ledger.record([slotRecord(slot, 'fired', now, request.key)]);
    return result;
  }
}

/** The request to start a missed slot; orca is told the trigger as it is stored (core.md §7.3). */
export function restartOf({ pipeline, trigger, at, key, start }: Known): StartRequest & { readonly key: string } {
  return {
    pipeline: { ...pipeline, ...storedTrigger(pipeline, trigger) },
    source: 'COMPENSATION_SCHEDULER',
    reason: key,
    key: keyOfRound(key, (start?.round ?? 0) + 1),
    at,
    // Another one may have repaired the slot by now, or the start that died may have reached orca.
    askFirst: true,
    identity: NOBODY,
    actAsCaller: false,
    cause: { triggerId: trigger.id, slot: at },
  };
}

function storedTrigger({ triggers = [] }: Pipeline, { id, cronExpression }: CronTrigger): { trigger?: Trigger } {
  const stored = triggers.findLast((one) => one.id === id && one.cronExpression === cronExpression);
  return stored ? { trigger: stored } : {};
}
