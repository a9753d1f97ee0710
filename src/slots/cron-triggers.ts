import { Injectable } from '@nestjs/common';
import { expandHash } from '../cron/index.js';
import type { Pipeline, Trigger } from '../pipelines/index.js';
import { type CronTrigger, triggerKey } from './cron-trigger.js';
import { OVERLAP_POLICIES } from './policy/policy.config.js';
import { Timetable } from './timetable.js';

/** A trigger that cannot be scheduled, and why. */
export interface UnusableCron {
  readonly pipeline: Pipeline;
  readonly trigger: Trigger;
  readonly reason: string;
}

/** The cron triggers of one pipeline. */
export interface CronTriggersOf {
  readonly usable: readonly CronTrigger[];
  readonly unusable: readonly UnusableCron[];
}

const NONE: CronTriggersOf = { usable: [], unusable: [] };

const isCron = ({ type, enabled }: Trigger): boolean => enabled && type?.toLowerCase() === 'cron';

/** Reads the cron triggers of pipelines: of enabled pipelines, the enabled triggers of type `cron`. */
@Injectable()
export class CronTriggers {
  /** An unchanged pipeline stays the same object over all loads. */
  private readonly known = new WeakMap<Pipeline, CronTriggersOf>();

  constructor(private readonly timetable: Timetable) {}

  of(pipeline: Pipeline): CronTriggersOf {
    if (pipeline.disabled || !pipeline.triggers?.some(isCron)) return NONE;
    const known = this.known.get(pipeline);
    if (known) return known;
    const found = this.read(pipeline, pipeline.triggers.filter(isCron));
    this.known.set(pipeline, found);
    return found;
  }

  private read(pipeline: Pipeline, triggers: readonly Trigger[]): CronTriggersOf {
    const usable = new Map<string, Omit<CronTrigger, 'key'>>();
    const unusable: UnusableCron[] = [];
    for (const trigger of triggers) {
      const reading = this.readOne(pipeline, trigger);
      // The later of two equal ones wins; the id does not cover the zone, so those of different zones are not equal.
      if (typeof reading !== 'string') usable.set(`${reading.id}\n${reading.timeZone}`, reading);
      else unusable.push({ pipeline, trigger, reason: reading });
    }
    return { usable: withKeys([...usable.values()]), unusable: unusable.length > 0 ? unusable : NONE.unusable };
  }

  /** The trigger, or why it cannot be used. */
  private readOne({ application, id: pipelineId }: Pipeline, trigger: Trigger): Omit<CronTrigger, 'key'> | string {
    const { id = '', cronExpression, timeZone, rebake, runAsUser, parameters, catchUpWindowMs, jitterMs } = trigger;
    if (!pipelineId) return 'its pipeline has no id';
    if (cronExpression === undefined) return 'it has no cronExpression';
    if (timeZone && !this.timetable.knowsZone(timeZone)) return `there is no time zone '${timeZone}'`;
    const overlapPolicy = OVERLAP_POLICIES.find((policy) => policy === trigger.overlapPolicy?.toLowerCase());
    if (trigger.overlapPolicy && !overlapPolicy) return `there is no overlapPolicy '${trigger.overlapPolicy}'`;
    const expanded = expandHash(cronExpression, id);
    const reading = expanded.kind === 'invalid' ? expanded : this.timetable.read(expanded.expression);
    if (reading.kind === 'invalid') return `invalid CRON expression '${cronExpression}': ${reading.message}`;
    return {
      group: 'pipeline',
      id,
      application,
      pipelineId,
      cronExpression,
      expression: expanded.kind === 'expanded' ? expanded.expression : cronExpression,
      timeZone: this.timetable.zone(timeZone || undefined).id,
      rebake,
      ...(runAsUser && { runAsUser }),
      ...(parameters && { parameters }),
      ...(overlapPolicy && { overlapPolicy }),
      ...(catchUpWindowMs !== undefined && { catchUpWindowMs }),
      ...(jitterMs !== undefined && { jitterMs }),
    };
  }
}

function withKeys(triggers: readonly Omit<CronTrigger, 'key'>[]): CronTrigger[] {
  const counts = new Map<string, number>();
  return triggers.map((trigger) => {
    const ordinal = counts.get(trigger.id) ?? 0;
    counts.set(trigger.id, ordinal + 1);
    return { key: triggerKey('pipeline', trigger.id, ordinal), ...trigger };
  });
}
