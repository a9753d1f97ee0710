import { randomUUID } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Bus, type EchoEvent } from '../events/index.js';
import { failureEvent, routerFailed } from '../failures/index.js';
import { startFinished } from '../pipelines/index.js';
import { Clock } from '../platform/clock/index.js';
import { newUlid } from '../platform/ids/index.js';
import type { JsonObject } from '../platform/json/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { Endpoints } from './endpoints.js';
import { Forwarder } from './forwarder.js';
import { endpointDisabled } from './rest-forwarder.facts.js';

/**
 * Tells endpoints that ask for it (`routerEvents`) what Echo itself did, and what it failed to do: events of source
 * `echo`, whose types nobody else may send.
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
      if (finished.kind !== 'started') return;
      const { application, name: pipeline, id: pipelineId = null } = finished.effect.payload.pipeline;
      return this.tell(this.eventOf('echo:start:done', { application, pipeline, pipelineId, ref: finished.ref }));
    });
    this.bus.subscribe(routerFailed, name, (failure) => this.tell(failureEvent(failure, this.clock.now())));
    this.bus.subscribe(endpointDisabled, name, (disabled) =>
      this.tell(this.eventOf('echo:endpoint:disabled', { ...disabled })),
    );
  }

  private eventOf(type: string, content: JsonObject): EchoEvent {
    const { application } = content;
    const details = { source: 'echo', type, created: String(this.clock.now()), requestHeaders: {} };
    return {
      details: typeof application === 'string' ? { ...details, application } : details,
      content,
      eventId: randomUUID(),
    };
  }

  private tell(event: EchoEvent): Promise<void> {
    const key = newUlid(this.clock.now());
    const routerEvent = event.details?.type ?? '';
    return this.forwarder.forward({ event, identity: NOBODY, key, cause: { routerEvent } }, this.audience());
  }

  private audience(): Endpoints['all'] {
    return this.endpoints.all.filter(({ routerEvents }) => routerEvents);
  }
}
