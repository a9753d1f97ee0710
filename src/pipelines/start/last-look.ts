import { Injectable } from '@nestjs/common';
import type { Effect, Outcome } from '../../outbox/index.js';
import { Overlap } from './overlap.js';
import { StartIds } from './start-ids.js';
import type { StartPayload } from './start-payload.js';
import { StartReport } from './start-report.js';
import { Suppression } from './suppression.js';

type Held = Outcome<StartPayload> | undefined;

/** What is asked right before the first try of a start that was written down ahead of its instant. */
@Injectable()
export class LastLook {
  constructor(
    private readonly suppression: Suppression,
    private readonly overlap: Overlap,
    private readonly report: StartReport,
    private readonly ids: StartIds,
  ) {}

  /** Why the start does not go out, as its outcome; nothing where it does, or where its tries may have begun. */
  heldBack(effect: Effect<StartPayload>): Held | Promise<Held> {
    if (effect.attempts > 1 || effect.interrupted) return undefined;
    return this.suppressed(effect) ?? (effect.payload.skipIfRunning ? this.skipped(effect) : undefined);
  }

  private suppressed({ payload, cause }: Effect<StartPayload>): Held {
    if (!payload.unasked) return undefined;
    const permission = this.suppression.check(payload);
    if (permission.kind === 'allowed') {
      this.report.requested();
      return undefined;
    }
    this.report.suppressed(payload, permission, cause);
    return { kind: 'suppressed', error: permission.by };
  }

  private async skipped(effect: Effect<StartPayload>): Promise<Held> {
    const running = await this.overlap.runningBefore(effect, this.ids.of(effect).executionId);
    if (!running) return undefined;
    const by = `overlapPolicy skip: ${running.id} still runs`;
    this.report.suppressed(effect.payload, { kind: 'held-back', by }, effect.cause);
    return { kind: 'suppressed', error: by };
  }
}
