import { Injectable, Logger } from '@nestjs/common';
import { Bus } from '../../events/index.js';
import { type Pipeline, type Trigger, triggerInvalid } from '../../pipelines/index.js';
import type { Candidate } from './trigger-index.js';

/** Tells by name of triggers that do not do what they are for: of each once, until somebody edits its pipeline. */
@Injectable()
export class InvalidTriggers {
  private readonly log = new Logger('Triggers');
  /** A trigger stays the same object as long as its pipeline does not change. */
  private told = new Set<Trigger>();

  constructor(private readonly bus: Bus) {}

  /** @param trouble as in "the trigger can never match" */
  tell({ pipeline, trigger }: Candidate, trouble: 'can never match' | 'is at fault', reason: string): void {
    if (this.told.has(trigger)) return;
    this.told.add(trigger);
    const { application, name, id } = pipeline;
    this.log.warn({
      message: `Trigger of ${application}:${name} ${trouble}: ${reason}`,
      pipelineId: id,
      triggerId: trigger.id,
    });
    this.bus.publish(triggerInvalid, {
      application,
      pipelineName: name,
      pipelineId: id ?? null,
      triggerId: trigger.id ?? null,
      triggerType: trigger.type ?? null,
      reason,
    });
  }

  /** Forgets the triggers of other pipelines: who breaks a trigger that was mended is told again. */
  keepOnly(pipelines: readonly Pipeline[]): void {
    if (this.told.size === 0) return;
    this.told = new Set(pipelines.flatMap(({ triggers = [] }) => triggers.filter((trigger) => this.told.has(trigger))));
  }
}
