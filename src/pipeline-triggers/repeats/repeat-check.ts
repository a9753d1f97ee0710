import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ReceivedEvent } from '../../events/index.js';
import { type JsonValue, stringifyJson } from '../../platform/json/index.js';
import { Settings } from '../../platform/settings/index.js';
import { type Rejected, rejected } from '../../pipelines/index.js';
import type { Candidate } from '../index/trigger-index.js';
import { triggersConfig } from '../pipeline-triggers.config.js';
import { Repeats } from './repeats.js';

/** Two triggers of a pipeline may have one id, so the whole trigger tells them apart. */
function keyOf({ pipeline, trigger }: Candidate, news: string): string {
  const whose = pipeline.id ?? `${pipeline.application}/${pipeline.name}`;
  const parts = [whose, stringifyJson(trigger as unknown as JsonValue), news];
  return createHash('sha256').update(parts.join('\n')).digest('base64');
}

/** Holds back what a sender tells a second time, where the operator wants that. */
@Injectable()
export class RepeatCheck {
  private readonly enabled: boolean;
  private readonly windowMs: number;

  constructor(
    private readonly repeats: Repeats,
    settings: Settings,
  ) {
    this.enabled = settings.get(triggersConfig.dedupeBuilds);
    this.windowMs = settings.get(triggersConfig.dedupeWindowMs);
  }

  /**
   * To be asked last, since asking makes this event the one that starts the pipeline.
   *
   * @param news what the event tells; nothing for events that may well repeat
   */
  async rejection(
    candidate: Candidate,
    news: string | undefined,
    received: ReceivedEvent,
  ): Promise<Rejected | undefined> {
    if (!this.enabled || news === undefined) return undefined;
    const { inboxId: claimant, receivedAt: at } = received;
    const outcome = await this.repeats.claim({ key: keyOf(candidate, news), claimant, at, windowMs: this.windowMs });
    if (outcome.kind === 'first') return undefined;
    const seconds = Math.round((at - outcome.since) / 1000);
    return rejected('repeat', `news, not told within ${this.windowMs / 1000} s`, `${news} again, ${seconds} s later`);
  }
}
