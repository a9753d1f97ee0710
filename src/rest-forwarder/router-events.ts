import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus, type EchoEvent } from '../events/index.js';
import { type Effect, effectDead } from '../outbox/index.js';
import { startFinished } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { newUlid } from '../platform/ids/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { Endpoints } from './endpoints.js';
import { FORWARD } from './forward.js';
import { Forwarder } from './forwarder.js';
import { endpointDisabled } from './rest-forwarder.facts.js';

/**
 * Tells endpoints that ask for it (`routerEvents`) what Echo itself did: events of source `echo` whose type is `echo:`
 * and the name of the fact. A forward that died is not forwarded, or a dead endpoint would have no end of it.
 */
@Injectable()
export class RouterEvents implements OnModuleInit {
  constructor(
    private readonly bus: Bus,
    private readonly endpoints: Endpoints,
    private readonly forwarder: Forwarder,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    if (this.audience().length === 0) return;
    const name = 'router events';
    this.bus.subscribe(startFinished, name, (finished) => {
      const { pipeline } = finished.effect.payload;
      const shown = { application: pipeline.application, pipeline: pipeline.name, pipelineId: pipeline.id ?? null };
      const ending = finished.kind === 'started' ? { ref: finished.ref } : { error: finished.error };
      return this.tell(startFinished.name, { outcome: finished.kind, ...shown, ...ending }, pipeline.application);
    });
    this.bus.subscribe(effectDead, name, (effect) =>
      effect.kind === FORWARD ? undefined : this.tell(effectDead.name, deadOf(effect)),
    );
    this.bus.subscribe(endpointDisabled, name, (disabled) => this.tell(endpointDisabled.name, { ...disabled }));
  }

  private tell(fact: string, content: JsonObject, application?: string): Promise<void> {
    const now = this.clock.now();
    const details = { source: 'echo', type: `echo:${fact}`, created: String(now), requestHeaders: {} };
    const event: EchoEvent = {
      details: application === undefined ? details : { ...details, application },
      content,
      eventId: randomUUID(),
    };
    const key = newUlid(now);
    return this.forwarder.forward({ event, identity: NOBODY, key, cause: { inboxId: key } }, this.audience());
  }

  private audience(): Endpoints['all'] {
    return this.endpoints.all.filter(({ routerEvents }) => routerEvents);
  }
}

const deadOf = ({ id, kind, attempts, lastError, cause }: Effect): JsonObject => ({
  id,
  kind,
  attempts,
  error: lastError ?? null,
  eventId: cause.eventId ?? null,
});
