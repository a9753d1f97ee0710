import { type Effect, type EffectPerformer, type Outcome, PerformsEffects } from '../outbox/index.js';
import { Intake, MESSAGE, type MessageEffect } from './intake.js';
import { Systems } from './systems.js';

const MINUTE = 60_000;

/** Tries a message of no use once more: it stays dead until what hindered it, such as a template, is mended. */
@PerformsEffects({ name: MESSAGE, retry: { attempts: 10, firstMs: 1000, factor: 2, maxMs: MINUTE } })
export class MessagePerformer implements EffectPerformer<MessageEffect> {
  constructor(
    private readonly systems: Systems,
    private readonly intake: Intake,
  ) {}

  async attempt({ payload }: Effect<MessageEffect>): Promise<Outcome<MessageEffect>> {
    const source = this.systems.source(payload.system, payload.subscription);
    if (!source) {
      return { kind: 'dead', error: `There is no ${payload.system} subscription '${payload.subscription}'.` };
    }
    const admission = await this.intake.admit(source, payload.message);
    if (admission.kind === 'unusable') return { kind: 'dead', error: admission.reason };
    return admission.kind === 'refused' ? { kind: 'retry', error: admission.reason } : { kind: 'done' };
  }
}
