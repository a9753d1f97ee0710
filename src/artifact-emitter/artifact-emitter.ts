import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Artifact, artifactsFound } from '../artifacts/index.js';
import { Bus } from '../events/index.js';
import { type NewEffect, Outbox } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { newUlid } from '../platform/ids/index.js';
import { NOBODY, withRequestId } from '../platform/request-context/index.js';
import { Settings } from '../platform/settings/index.js';
import { artifactEmitterConfig } from './artifact-emitter.config.js';
import { emissionBody } from './emission.js';
import { EMISSION, type Emission } from './emission.performer.js';

/** Has keel told of every artifact that a message brings. */
@Injectable()
export class ArtifactEmitter implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.bus.subscribe(artifactsFound, 'artifact emitter', async ({ artifacts }) => {
      await this.outbox.submit([this.emissionOf(artifacts)]);
    });
  }

  /** Two messages may bring the same artifacts, and keel hears of both: the key is of this one. */
  private emissionOf(artifacts: readonly Artifact[]): NewEffect<Emission> {
    const eventName = this.settings.get(artifactEmitterConfig.eventName);
    const fieldName = this.settings.get(artifactEmitterConfig.fieldName);
    return {
      kind: EMISSION,
      key: newUlid(this.clock.now()),
      payload: { body: emissionBody({ eventName, fieldName }, artifacts) },
      identity: withRequestId(NOBODY),
      cause: {},
    };
  }
}
