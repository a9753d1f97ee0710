import { OrcaClient } from '../../clients/index.js';
import { type Effect, type EffectPerformer, type Outcome, PerformsEffects } from '../../outbox/index.js';
import { startBody } from '../model/body.js';
import { FAILED_START, type FailedStartPayload } from './start-payload.js';

/** Reports a start that could not be made: one try, as the original (core.md §5.8), since orca would keep each one. */
@PerformsEffects({ name: FAILED_START })
export class FailedStartPerformer implements EffectPerformer<FailedStartPayload> {
  constructor(private readonly orca: OrcaClient) {}

  async attempt({ payload, identity }: Effect<FailedStartPayload>): Promise<Outcome<FailedStartPayload>> {
    await this.orca.fail(startBody(payload.pipeline), identity);
    return { kind: 'done' };
  }
}
