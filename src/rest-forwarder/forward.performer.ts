import { Inject } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { type Destination, type EffectPerformer, type Outcome, PerformsEffects } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { BadAnswerError, HttpTransport, identityHeaders } from '../platform/http/index.js';
import { codeOf, messageOf } from '../platform/errors/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import type { Endpoint } from './endpoint.js';
import { EndpointStates } from './endpoint-states.js';
import { Endpoints } from './endpoints.js';
import { FORWARD, type Forward, type ForwardPayload } from './forward.js';
import { Lanes } from './lanes.js';
import { restConfig } from './rest-forwarder.config.js';
import { restMetrics } from './rest-forwarder.metrics.js';
import { isFinal, nextPause } from './retry-ladder.js';
import { signatureHeaders } from './signature.js';

/** How long a forward waits for an earlier one of its lane before it looks again. */
const TURN_MS = 1000;

/** By the Standard Webhooks specification the receiver is gone for good. */
const GONE = 410;

/** Sends forwards: fast tries first, then slow ones, in order where the endpoint wants that. */
@PerformsEffects({ name: FORWARD })
export class ForwardPerformer implements EffectPerformer<ForwardPayload> {
  private readonly lanes = new Lanes();
  private readonly waiting = new Map<string, Set<string>>();

  constructor(
    private readonly endpoints: Endpoints,
    private readonly states: EndpointStates,
    private readonly http: HttpTransport,
    private readonly clock: Clock,
    private readonly settings: Settings,
    @Inject(metricToken(restMetrics.sendErrors)) private readonly errors: Counter,
  ) {}

  destinationOf({ payload }: Forward): Destination {
    return this.endpoints.find(payload.endpoint)?.destination ?? { name: payload.endpoint };
  }

  async attempt(effect: Forward): Promise<Outcome<ForwardPayload>> {
    const { lane, endpoint } = effect.payload;
    if (lane !== undefined && !this.lanes.enter(lane, effect.id)) {
      return { kind: 'postponed', afterMs: TURN_MS, error: 'an earlier event with the same ordering key goes first' };
    }
    const outcome = await this.tried(effect);
    if (outcome.kind === 'retry' || outcome.kind === 'postponed') return outcome;
    if (lane !== undefined) this.lanes.leave(lane, effect.id);
    this.waiting.get(endpoint)?.delete(effect.id);
    return outcome;
  }

  private async tried(effect: Forward): Promise<Outcome<ForwardPayload>> {
    const { endpoint: name, body, unbuildable } = effect.payload;
    const endpoint = this.endpoints.find(name);
    if (!endpoint) return { kind: 'dead', error: `there is no endpoint '${name}' any more` };
    if (this.states.isDisabled(name)) return { kind: 'dead', error: `the endpoint '${name}' is disabled` };
    if (body === undefined) return { kind: 'dead', error: unbuildable ?? 'there is nothing to send' };
    try {
      await this.send(endpoint, effect, body);
      await this.states.succeeded(name);
      return { kind: 'done' };
    } catch (error) {
      return this.failed(endpoint, effect, error);
    }
  }

  private async send(endpoint: Endpoint, effect: Forward, body: string): Promise<void> {
    const message = { id: effect.cause.inboxId ?? effect.id, at: this.clock.now(), body };
    const answer = await this.http.send({
      method: 'POST',
      url: endpoint.url,
      headers: {
        ...identityHeaders(effect.identity, this.settings),
        ...endpoint.headers,
        ...signatureHeaders(endpoint.signingSecrets, message),
      },
      body,
      deadlineMs: endpoint.timeoutMs,
      insecure: endpoint.insecure,
    });
    if (answer.status < 200 || answer.status > 299) {
      throw new BadAnswerError(`${endpoint.name} answered ${answer.status}`, answer);
    }
  }

  private async failed(endpoint: Endpoint, effect: Forward, error: unknown): Promise<Outcome<ForwardPayload>> {
    const tries = effect.payload.tries + 1;
    const message = messageOf(error);
    const pause = isFinal(error) ? undefined : nextPause(endpoint, tries, error);
    if (pause?.kind !== 'fast') this.errors.inc({ exception: codeOf(error) ?? 'error' });
    await this.states.failed(endpoint.name, message);
    if (error instanceof BadAnswerError && error.answer.status === GONE) {
      await this.states.disable(endpoint.name, message);
    }
    if (pause === undefined || this.isFull(endpoint.name, effect.id)) return { kind: 'dead', error: message };
    return { kind: 'retry', afterMs: pause.ms, error: message, payload: { ...effect.payload, tries } };
  }

  /** Whether too many forwards wait for this endpoint already; else this one is counted among them. */
  private isFull(endpoint: string, id: string): boolean {
    const ids = this.waiting.get(endpoint) ?? new Set();
    this.waiting.set(endpoint, ids);
    if (!ids.has(id) && ids.size >= this.settings.get(restConfig.maxWaiting)) return true;
    ids.add(id);
    return false;
  }
}
