import { Injectable } from '@nestjs/common';
import { StartIds } from '../pipelines/index.js';
import type { Candidate } from './candidate.js';
import { type KnownStart, keyOfRound } from './start-ledger.js';

/** A slot with what the outbox knows of its start. */
export interface Known extends Candidate {
  readonly start: KnownStart | undefined;
}

/** Says under which execution ids a slot may have been started, whichever instance did it (decisions.md 1). */
@Injectable()
export class SlotIds {
  constructor(private readonly ids: StartIds) {}

  /** The latest last; none where starts go out without ids of Echo's. */
  of({ key, at, pipeline, start }: Known): string[] {
    if (!this.ids.own) return [];
    const rounds = Array.from({ length: start?.round ?? 1 }, (_, i) => i + 1);
    return rounds.flatMap((round) => {
      const most = round === start?.round ? start.effect.payload.spent : 0;
      return Array.from({ length: most + 1 }, (_, spent) => {
        return this.ids.of({ key: keyOfRound(key, round), payload: { pipeline, at, spent } }).executionId;
      });
    });
  }
}
