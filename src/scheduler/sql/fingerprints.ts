import { createHash } from 'node:crypto';
import type { CronTrigger } from '../../slots/index.js';
import { parametersOf } from './cron-trigger-row.js';

/** One text for all that a trigger says: two triggers are equal when theirs are. */
export class Fingerprints {
  /** Triggers of an unchanged pipeline stay the same objects over all loads. */
  private readonly known = new WeakMap<CronTrigger, string>();

  of(trigger: CronTrigger): string {
    const known = this.known.get(trigger);
    if (known !== undefined) return known;
    const fresh = fingerprint(trigger);
    this.known.set(trigger, fresh);
    return fresh;
  }
}

function fingerprint(trigger: CronTrigger): string {
  const { group, id, application, pipelineId, cronExpression, expression, timeZone, rebake, runAsUser } = trigger;
  const { overlapPolicy, catchUpWindowMs, jitterMs } = trigger;
  const texts = [group, id, application, pipelineId, cronExpression, expression, timeZone, runAsUser ?? null];
  const wishes = [overlapPolicy ?? null, catchUpWindowMs ?? null, jitterMs ?? null];
  const whole = JSON.stringify([...texts, rebake, parametersOf(trigger), ...wishes]);
  return createHash('sha256').update(whole).digest('base64url');
}
