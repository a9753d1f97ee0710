import { Inject, Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Counter, Histogram } from 'prom-client';
import { Clock } from '../platform/clock/index.js';
import { codeOf, messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { NoTracer, type SpanOptions, Tracer } from '../platform/tracing/index.js';
import { Bus } from './bus.js';
import { typeOf } from './event.js';
import { echoEvent } from './events.facts.js';
import { eventsMetrics } from './events.metrics.js';
import type { ReceivedEvent } from './inbox.js';
import { type EventListener, eventListeners } from './listener.js';

const spanOf = ({ inboxId, event }: ReceivedEvent): SpanOptions => ({
  name: `event ${typeOf(event)}`,
  kind: 'consumer',
  facts: { 'echo.inbox.id': inboxId, 'echo.event.id': event.eventId, 'echo.event.source': event.details?.source },
});

/** Finds every event listener and gives it each accepted event: isolated, timed, counted, under its name. */
@Injectable()
export class EventDispatcher implements OnModuleInit {
  private readonly log = new Logger(EventDispatcher.name);

  constructor(
    private readonly bus: Bus,
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    @Inject(metricToken(eventsMetrics.listenerDuration)) private readonly duration: Histogram,
    @Inject(metricToken(eventsMetrics.listenerErrors)) private readonly errors: Counter,
    @Optional() private readonly tracer: Tracer = new NoTracer(),
  ) {}

  onModuleInit(): void {
    for (const { options, instance } of eventListeners.collect(this.discovery)) {
      this.bus.subscribe(echoEvent, options.name, this.guarded(options.name, instance));
    }
  }

  /** Resolves when every listener has finished with the event, whether well or not. */
  dispatch(received: ReceivedEvent): Promise<void> {
    return this.tracer.trace(spanOf(received), received.identity, (identity) =>
      this.bus.publishAndWait(echoEvent, { ...received, identity }),
    );
  }

  private guarded(name: string, listener: EventListener): (received: ReceivedEvent) => Promise<void> {
    const duration = this.duration.labels(name);
    const span: SpanOptions = { name: `listener ${name}`, kind: 'internal' };
    return async (received) => {
      const started = this.clock.monotonic();
      try {
        await this.tracer.trace(span, received.identity, async (identity) =>
          listener.processEvent(received.event, { ...received, identity }),
        );
      } catch (error) {
        this.failed(name, received, error);
      } finally {
        duration.observe((this.clock.monotonic() - started) / 1000);
      }
    };
  }

  private failed(listener: string, received: ReceivedEvent, error: unknown): void {
    this.errors.inc({ listener, exception: codeOf(error) });
    this.log.error({
      message: `Listener '${listener}' failed: ${messageOf(error)}`,
      inboxId: received.inboxId,
      eventId: received.event.eventId,
      eventType: received.event.details?.type,
      err: error,
    });
  }
}
