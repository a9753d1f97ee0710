import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { type EchoEvent, eventsConfig, withoutSecretHeaders } from '../events/index.js';
import type { EvaluationOptions } from '../expressions/index.js';
import { type NewEffect, Outbox } from '../outbox/index.js';
import type { Cause } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { PatternCompiler } from '../platform/regex/index.js';
import { type Identity, NOBODY } from '../platform/request-context/index.js';
import { Settings } from '../platform/settings/index.js';
import type { Endpoint } from './endpoint.js';
import { EndpointStates } from './endpoint-states.js';
import { Endpoints } from './endpoints.js';
import { isWanted, textOf } from './event-filter.js';
import { type ForwardBody, forwardBody, outgoingEvent } from './forward-body.js';
import { FORWARD, type ForwardPayload } from './forward.js';
import { restMetrics } from './rest-forwarder.metrics.js';

/** What is to be forwarded. */
export interface ForwardRequest {
  readonly event: EchoEvent;
  readonly identity: Identity;
  /** Unique for the event: no endpoint gets it twice under the same key. */
  readonly key: string;
  readonly cause: Cause;
}

/** Writes one forward into the outbox for each endpoint that wants the event. */
@Injectable()
export class Forwarder {
  private readonly patterns = new PatternCompiler();

  constructor(
    private readonly endpoints: Endpoints,
    private readonly states: EndpointStates,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(metricToken(restMetrics.filtered)) private readonly filtered: Counter,
  ) {}

  /** @param to the endpoints that may get it */
  async forward(request: ForwardRequest, to: readonly Endpoint[] = this.endpoints.all): Promise<void> {
    const options = this.evaluation();
    const event = withoutSecretHeaders(request.event, this.settings.get(eventsConfig.keepHeaders));
    const wanting = to.filter((endpoint) => this.wants(endpoint, event, options));
    if (wanting.length === 0) return;
    const outgoing = outgoingEvent(event);
    await this.outbox.submit(
      wanting.map((endpoint) => {
        const lane = laneOf(endpoint, event, options);
        return this.effectOf(endpoint, request, { ...payloadOf(forwardBody(endpoint, outgoing)), ...lane });
      }),
    );
  }

  private wants(endpoint: Endpoint, event: EchoEvent, options: EvaluationOptions): boolean {
    const wanted = isWanted(endpoint, event, options);
    if (!wanted) this.filtered.inc({ endpoint: endpoint.name });
    return wanted;
  }

  private effectOf(
    { name, propagateHeaders }: Endpoint,
    { key, identity, cause }: ForwardRequest,
    payload: Omit<ForwardPayload, 'endpoint' | 'tries'>,
  ): NewEffect<ForwardPayload> {
    return {
      kind: FORWARD,
      key: `${key}\n${name}`,
      payload: { endpoint: name, tries: 0, ...payload },
      identity: propagateHeaders ? identity : NOBODY,
      cause,
      ...(this.states.isDisabled(name) && { suppressedBy: `the endpoint '${name}' is disabled` }),
    };
  }

  private evaluation(): EvaluationOptions {
    return {
      now: this.clock.now(),
      matches: (pattern, text) => {
        const compiled = this.patterns.compile(pattern);
        const outcome = compiled.kind === 'invalid' ? undefined : compiled.pattern.matchesAll(text);
        return outcome === undefined || outcome.kind === 'too-slow' ? undefined : outcome.kind === 'matched';
      },
    };
  }
}

function laneOf(endpoint: Endpoint, event: EchoEvent, options: EvaluationOptions): { lane?: string } {
  const key = endpoint.orderingKey === undefined ? undefined : textOf(endpoint.orderingKey, event, options);
  return key === undefined ? {} : { lane: `${endpoint.name}\n${key}` };
}

function payloadOf(body: ForwardBody): Pick<ForwardPayload, 'body' | 'unbuildable'> {
  return body.kind === 'body' ? { body: body.text } : { unbuildable: body.reason };
}
