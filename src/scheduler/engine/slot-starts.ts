import { Injectable } from '@nestjs/common';
import { type Pipeline, type PreparedStart, Starter } from '../../pipelines/index.js';
import { type Pause, type Slot, SlotPolicy, pauseText, slotStart } from '../../slots/index.js';
import { ClusterGate } from '../clusters/cluster-gate.js';

/** Prepares the starts of slots, with all that holds for them. */
@Injectable()
export class SlotStarts {
  constructor(
    private readonly starter: Starter,
    private readonly gate: ClusterGate,
    private readonly policy: SlotPolicy,
  ) {}

  async prepare(slots: readonly Slot[], pipeline: Pipeline, pause: Pause | undefined): Promise<PreparedStart[]> {
    const starts: PreparedStart[] = [];
    const held = pause && { heldBackBy: pauseText(pause) };
    const decided = this.gate.decidesAtClaim && { decidedAtOnce: true };
    for (const slot of slots) {
      const request = { ...slotStart(slot, pipeline), notBefore: this.policy.goesOutAt(slot), ...held, ...decided };
      starts.push(await this.starter.prepare(this.policy.applied(request, slot, pipeline)));
    }
    return starts;
  }
}
