import { KeelClient } from '../clients/index.js';
import { type Effect, type EffectPerformer, type Outcome, PerformsEffects, failedAttempt } from '../outbox/index.js';

export const EMISSION = 'artifact-emission';

/** What is kept of an emission: the exact body. */
export interface Emission {
  readonly body: string;
}

/** Tells keel; the original tried once. */
@PerformsEffects({ name: EMISSION, retry: { attempts: 5, firstMs: 1000, factor: 3, maxMs: 30_000 } })
export class EmissionPerformer implements EffectPerformer<Emission> {
  constructor(private readonly keel: KeelClient) {}

  async attempt({ payload, identity }: Effect<Emission>): Promise<Outcome<Emission>> {
    try {
      await this.keel.artifactsAppeared(payload.body, identity);
      return { kind: 'done' };
    } catch (error) {
      return failedAttempt(error);
    }
  }
}
