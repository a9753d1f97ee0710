import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { Deferred } from '../platform/lifecycle/index.js';
import { Settings } from '../platform/settings/index.js';
import { type EventDecided, eventDecided } from '../pipelines/index.js';
import { webhooksConfig } from './webhooks.config.js';

/** What a sender who asked is told besides the usual answer (decisions.md 11). */
export type Explanation = Pick<EventDecided, 'decisions' | 'omitted' | 'unusable'>;

/** Waits for what is decided about webhooks whose senders want to know. */
@Injectable()
export class Explainer implements OnModuleInit {
  private readonly waiting = new Map<string, Deferred<Explanation | undefined>>();

  constructor(
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(eventDecided, 'webhook explanations', ({ inboxId, decisions, omitted, unusable }) => {
      this.waiting.get(inboxId)?.resolve({ decisions, omitted, unusable });
    });
  }

  /** Resolves with the decisions, or with nothing when they take longer than `webhooks.explainTimeoutMs`. */
  async explain(inboxId: string): Promise<Explanation | undefined> {
    const answer = new Deferred<Explanation | undefined>();
    this.waiting.set(inboxId, answer);
    const cancel = this.clock.after(this.settings.get(webhooksConfig.explainTimeoutMs), () =>
      answer.resolve(undefined),
    );
    const explanation = await answer.promise;
    cancel();
    this.waiting.delete(inboxId);
    return explanation;
  }
}
