import { IgorClient } from '../clients/index.js';
import { type Effect, type EffectPerformer, type Outcome, PerformsEffects, failedAttempt } from '../outbox/index.js';
import { BUILD_CHANGE, type BuildChange } from './build-change.js';

/** Tells igor: five tries, two seconds apart, as the original. */
@PerformsEffects({ name: BUILD_CHANGE, retry: { attempts: 5, firstMs: 2000, factor: 1, maxMs: 2000 } })
export class BuildChangePerformer implements EffectPerformer<BuildChange> {
  constructor(private readonly igor: IgorClient) {}

  async attempt({ payload, identity }: Effect<BuildChange>): Promise<Outcome<BuildChange>> {
    try {
      await this.igor.cloudBuildChanged(payload, payload.status, payload.message, identity);
      return { kind: 'done' };
    } catch (error) {
      return failedAttempt(error);
    }
  }
}
