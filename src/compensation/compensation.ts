import { Injectable } from '@nestjs/common';
import { isInService } from '../platform/instance/index.js';
import { Settings } from '../platform/settings/index.js';
import { Candidates } from './candidates.js';
import { compensationConfig } from './compensation.config.js';
import type { MissedReason } from './compensation.facts.js';
import { CompensationReport } from './compensation.report.js';
import { Inspector, type Judged } from './inspector.js';
import { Restarts } from './restarts.js';

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
    private readonly report: CompensationReport,
    private readonly settings: Settings,
  ) {}

  /** An instance out of service leaves it to the others. */
  async run(signal?: AbortSignal): Promise<void> {
    if (!isInService(this.settings)) return;
    const judged = await this.inspector.inspect(this.candidates.find());
    const missed = judged.filter(isMissed).toSorted((a, b) => a.at - b.at);
    const now = missed.slice(0, this.settings.get(compensationConfig.maxStarts));
    const spacing = this.settings.get(compensationConfig.spreadMs) / Math.max(1, now.length);
    for (const [place, slot] of now.entries()) {
      if (signal?.aborted) return;
      this.report.restarted(slot, await this.restarts.start(slot, Math.floor((place + Math.random()) * spacing)));
    }
    this.report.looked(judged, { restarted: now.length, left: missed.length - now.length });
  }
}
