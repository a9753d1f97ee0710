import { Injectable } from '@nestjs/common';
import { isInService } from '../platform/instance/index.js';
import { Settings } from '../platform/settings/index.js';
import { type MissedReason, Pauses } from '../slots/index.js';
import { Candidates } from './candidates.js';
import { compensationConfig } from './compensation.config.js';
import { CompensationReport } from './compensation.report.js';
import { Inspector, type Judged } from './inspector.js';
import { type Restart, Restarts } from './restarts.js';

/** A slot that is to be started. */
export interface Missed extends Judged {
  readonly verdict: { readonly kind: 'missed'; readonly reason: MissedReason };
}

const isMissed = (slot: Judged): slot is Missed => slot.verdict.kind === 'missed';

/** Looks for missed slots and starts them: the oldest first, spread out, and not more than so many in one look. */
@Injectable()
export class Compensation {
  constructor(
    private readonly candidates: Candidates,
    private readonly inspector: Inspector,
    private readonly restarts: Restarts,
    private readonly pauses: Pauses,
    private readonly report: CompensationReport,
    private readonly settings: Settings,
  ) {}

  /** An instance out of service leaves it to the others. */
  async run(signal?: AbortSignal): Promise<void> {
    if (!isInService(this.settings)) return;
    const judged = await this.inspector.inspect(this.candidates.find());
    const planned = await this.plan(judged.filter(isMissed).toSorted((a, b) => a.at - b.at));
    const [held, free] = [planned.filter(({ isHeld }) => isHeld), planned.filter(({ isHeld }) => !isHeld)];
    const now = free.slice(0, this.settings.get(compensationConfig.maxStarts));
    const spacing = this.settings.get(compensationConfig.spreadMs) / Math.max(1, now.length);
    for (const restart of held) await this.start(restart, 0);
    for (const [place, restart] of now.entries()) {
      if (signal?.aborted) return;
      await this.start(restart, Math.floor((place + Math.random()) * spacing));
    }
    this.report.looked(judged, { restarted: now.length, left: free.length - now.length });
  }

  private async plan(missed: readonly Missed[]): Promise<Restart<Missed>[]> {
    const pauses = missed.length > 0 ? await this.pauses.all() : [];
    return missed.map((slot) => this.restarts.plan(slot, pauses));
  }

  /** One that is held is told of when it is new, and not at every look. */
  private async start(restart: Restart<Missed>, afterMs: number): Promise<void> {
    const result = await this.restarts.start(restart, afterMs);
    if (!restart.isHeld || result.kind !== 'duplicate') this.report.restarted(restart.slot, result);
  }
}
