import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus } from '../events/index.js';
import { type Effect, effectDead } from '../outbox/index.js';
import {
  FAILED_START,
  type Pipeline,
  PipelineCache,
  START,
  type StartFinished,
  type TriggerInvalid,
  pipelinesById,
  startFinished,
  triggerInvalid,
} from '../pipelines/index.js';
import { isJsonObject } from '../platform/json/index.js';
import { isoOf } from '../platform/query/index.js';
import { type MissedSlot, slotKey, slotMissed } from '../slots/index.js';
import type { RouterFailure } from './failure.js';
import { routerFailed } from './failures.facts.js';

const NAME = 'failures';

/** Of starts there is a fact of their own that says more. */
const TOLD_OTHERWISE = new Set([START, FAILED_START]);

type About = Pick<RouterFailure, 'application' | 'pipeline' | 'pipelineId' | 'notifications'>;

/**
 * Makes one fact of all that Echo fails to do. Of an effect that such a fact brought about it says nothing, or a
 * failing channel would hear of itself for ever.
 */
@Injectable()
export class FailureWatch implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly cache: PipelineCache,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(startFinished, NAME, (finished) => this.startEnded(finished));
    this.bus.subscribe(triggerInvalid, NAME, (invalid) => this.triggerIsInvalid(invalid));
    this.bus.subscribe(slotMissed, NAME, (missed) => this.slotWasMissed(missed));
    this.bus.subscribe(effectDead, NAME, (effect) => this.effectDied(effect));
  }

  private startEnded(finished: StartFinished): void {
    if (finished.kind !== 'failed') return;
    const { effect, error } = finished;
    const { application, name, id } = effect.payload.pipeline;
    this.publish({
      type: 'echo:start:dead',
      key: `start/${effect.id}`,
      ...this.about({ application, pipeline: name, pipelineId: id }, effect.payload.pipeline.notifications),
      subject: `${application}'s ${name} pipeline could not be started`,
      reason: error,
      facts: { effectId: effect.id, eventId: effect.cause.eventId ?? null },
    });
  }

  private triggerIsInvalid({
    application,
    pipelineName,
    pipelineId,
    triggerId,
    triggerType,
    reason,
  }: TriggerInvalid): void {
    this.publish({
      type: 'echo:trigger:invalid',
      key: `trigger/${application}/${pipelineName}/${triggerId ?? ''}/${reason}`,
      ...this.about({ application, pipeline: pipelineName, pipelineId: pipelineId ?? undefined }),
      subject: `A trigger of ${application}'s ${pipelineName} pipeline is invalid`,
      reason,
      facts: { triggerId, triggerType },
    });
  }

  private slotWasMissed(missed: MissedSlot): void {
    const { trigger, at, reason } = missed;
    const slot = isoOf(at);
    const about = this.about({ application: trigger.application, pipelineId: trigger.pipelineId });
    this.publish({
      type: 'echo:slot:missed',
      key: slotKey(missed),
      ...about,
      subject: `${trigger.application}'s ${about.pipeline ?? trigger.pipelineId} pipeline missed its slot at ${slot}`,
      reason,
      facts: { triggerId: trigger.id, slot },
    });
  }

  private effectDied(effect: Effect): void {
    const { id, kind, attempts, cause, lastError = '' } = effect;
    if (cause.routerEvent !== undefined || TOLD_OTHERWISE.has(kind)) return;
    this.publish({
      type: 'echo:effect:dead',
      key: `effect/${id}`,
      ...this.about({ application: cause.application, pipeline: cause.pipeline }),
      subject: `An effect of Echo (${kind}) was given up`,
      reason: lastError,
      facts: { effectId: id, kind, attempts, eventId: cause.eventId ?? null },
      effect,
    });
  }

  /** What is known of a pipeline, from the cache where the one who tells does not say it. */
  private about(told: Omit<About, 'notifications'>, notifications?: readonly unknown[]): About {
    const known = told.pipelineId === undefined ? undefined : this.pipelineOf(told.pipelineId);
    const entries = notifications ?? known?.notifications ?? [];
    return {
      ...told,
      pipeline: told.pipeline ?? known?.name,
      notifications: entries.filter((one) => isJsonObject(one)),
    };
  }

  private pipelineOf(id: string): Pipeline | undefined {
    const snapshot = this.cache.snapshot();
    return snapshot && pipelinesById(snapshot).get(id);
  }

  private publish(failure: RouterFailure): void {
    this.bus.publish(routerFailed, failure);
  }
}
