import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { type EchoEvent, Inbox, type IncomingEvent, type ReceivedEvent, eventsConfig } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { EchoError, InvalidRequestError } from '../platform/errors/index.js';
import { isJsonList, parseJson, stringifyJson } from '../platform/json/index.js';
import { metricToken } from '../platform/metrics/index.js';
import { Settings } from '../platform/settings/index.js';
import type { Headers } from '../platform/signatures/index.js';
import { type WebRequest, callerOf, utf8Text } from '../platform/web/index.js';
import { cloudEventKey } from './cdevents/cloud-event-key.js';
import { Explainer, type Explanation } from './explainer.js';
import { type Delivery } from './redelivery/deliveries.js';
import { deliveryKey } from './redelivery/delivery-key.js';
import { type DeliveryOutcome, Redeliveries, type Taken } from './redelivery/redeliveries.js';
import { splitHeaders } from './request-headers.js';
import { type SenderMark, Signatures } from './signatures/signatures.js';
import type { WebhookReading, WebhookRequest } from './webhook-reader.js';
import { webhooksConfig } from './webhooks.config.js';
import { webhooksMetrics } from './webhooks.metrics.js';

/** A request as it reached one of the routes. */
export interface IncomingWebhook {
  readonly type: string;
  /** As the path has it; elsewhere the body names it. */
  readonly source?: string;
  readonly request: WebRequest;
  readonly body: Buffer | undefined;
  readonly explain: string | undefined;
}

/** What a sender is answered. */
export interface WebhookAnswer {
  readonly eventProcessed: boolean;
  readonly eventId: string | null;
  readonly explanation?: Explanation;
  /** Why there is no event. */
  readonly reason?: string;
  /** Set where the same delivery had started pipelines before (those executions), or where a CloudEvent has come before. */
  readonly duplicate?: true;
  readonly executionIds?: readonly string[];
  /** What became of each event of a batch. */
  readonly events?: readonly WebhookAnswer[];
}

/** Makes what a route makes of a webhook. */
export type ReadWebhook = (webhook: Omit<WebhookRequest, 'type'>) => WebhookReading;

/** A request with everything that its events share. */
interface Opened {
  readonly incoming: IncomingWebhook;
  readonly read: ReadWebhook;
  /** Headers that an event may show. */
  readonly shown: Headers;
  readonly secret: Headers;
  /** Verifies who sent it. */
  readonly verify: (type: string, source: string) => SenderMark;
  readonly asked: boolean;
}

/** The same, or a CloudEvent that is known. */
type Acceptance = DeliveryOutcome<Taken> | { readonly kind: 'known' };

const BATCH = 'application/cloudevents-batch+json';
const MAX_BATCH = 1000;

/** The way of a webhook into the inbox, and of the answer back. */
@Injectable()
export class WebhookIntake {
  constructor(
    private readonly inbox: Inbox,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly explainer: Explainer,
    private readonly signatures: Signatures,
    private readonly redeliveries: Redeliveries,
    @Inject(metricToken(webhooksMetrics.unclear)) private readonly unclear: Counter,
  ) {}

  /** Accepts a webhook; of a CloudEvents batch, each event for itself. */
  async take(incoming: IncomingWebhook, read: ReadWebhook): Promise<WebhookAnswer> {
    const opened = this.open(incoming, read);
    const text = utf8Text(incoming.body);
    if (!isBatch(incoming.request)) return this.takeOne(opened, text);
    const answers: WebhookAnswer[] = [];
    for (const event of eventsIn(text)) answers.push(await this.takeOfBatch(opened, event));
    const processed = answers.filter(({ eventProcessed }) => eventProcessed);
    return { eventProcessed: processed.length > 0, eventId: processed[0]?.eventId ?? null, events: answers };
  }

  private open(incoming: IncomingWebhook, read: ReadWebhook): Opened {
    const { request, body = Buffer.alloc(0), explain } = incoming;
    const keep = this.settings.get(eventsConfig.keepHeaders);
    const { shown, secret } = splitHeaders(request.headers, keep, this.signatures.secretHeaders());
    const verify = this.signatures.of({ headers: { ...shown, ...secret }, body, sender: request.ip });
    // Who sends is found out before anything is read, where the path says for whom it is.
    const mark = incoming.source === undefined ? {} : verify(incoming.type, incoming.source);
    const asked = isAsked(request, explain);
    return { incoming, read, shown: isMarked(mark) ? asSigned(shown) : shown, secret, verify, asked };
  }

  private async takeOfBatch(opened: Opened, text: string): Promise<WebhookAnswer> {
    try {
      return await this.takeOne(opened, text);
    } catch (error) {
      if (!(error instanceof EchoError) || error.status >= 500) throw error;
      return { eventProcessed: false, eventId: null, reason: error.message };
    }
  }

  private async takeOne(opened: Opened, body: string): Promise<WebhookAnswer> {
    const reading = opened.read({ body, requestHeaders: opened.shown, at: this.clock.now() });
    if (reading.kind === 'unclear') this.unclear.inc({ source: opened.incoming.source ?? '' });
    if (reading.kind !== 'event') return withoutEvent(reading, opened.asked);
    const { event } = reading;
    const outcome = await this.accept(event, body, opened);
    if (outcome.kind === 'repeated') return repeated(outcome.first);
    if (outcome.kind === 'known') return KNOWN;
    const answer = { eventProcessed: true, eventId: event.eventId };
    if (!opened.asked && !this.isAlwaysExplained(event)) return answer;
    const explanation = await this.explainer.explain(outcome.taken.inboxId);
    return explanation ? { ...answer, explanation } : answer;
  }

  private async accept(event: EchoEvent, body: string, opened: Opened): Promise<Acceptance> {
    const { incoming, shown, secret, verify } = opened;
    const { type, request } = incoming;
    const source = event.details?.source ?? '';
    const privateHeaders = { ...secret, ...verify(type, source) };
    const arrived = { event, identity: callerOf(request), privateHeaders };
    const delivered = { type, source, headers: shown, body };
    const dedupeKey = cloudEventKey(delivered);
    if (dedupeKey !== undefined) return this.unlessKnown({ ...arrived, dedupeKey });
    const take = async (delivery: Headers = {}): Promise<Taken> =>
      takenOf(await this.inbox.accept({ ...arrived, privateHeaders: { ...privateHeaders, ...delivery } }));
    const key = isBatch(request)
      ? undefined
      : deliveryKey(delivered, this.settings.get(webhooksConfig.redeliveryHeaders));
    return key === undefined ? { kind: 'taken', taken: await take() } : this.redeliveries.unlessRepeated(key, take);
  }

  /** CloudEvents name themselves: one that came before is not taken again, whatever became of the first. */
  private async unlessKnown(incoming: IncomingEvent): Promise<Acceptance> {
    const received = await this.inbox.accept(incoming);
    return received.repeated ? { kind: 'known' } : { kind: 'taken', taken: takenOf(received) };
  }

  private isAlwaysExplained({ details }: EchoEvent): boolean {
    if (this.settings.get(webhooksConfig.explain) === 'always') return true;
    return this.settings.get(webhooksConfig.explainSources).includes(details?.source ?? '');
  }
}

const takenOf = ({ inboxId, event }: ReceivedEvent): Taken => ({ inboxId, eventId: event.eventId });

const isMarked = (mark: SenderMark): boolean => Object.keys(mark).length > 0;

/** Only the body is signed: data that a header brings instead could be anybody's. */
const asSigned = ({ 'ce-data': _unsigned, ...headers }: Headers): Headers => headers;

const isBatch = ({ headers }: WebRequest): boolean =>
  String(headers['content-type'] ?? '')
    .toLowerCase()
    .startsWith(BATCH);

function eventsIn(batch: string): readonly string[] {
  const events = parseJson(batch);
  if (!isJsonList(events)) throw new InvalidRequestError('A batch of CloudEvents is a JSON list.', 'invalid-batch');
  if (events.length <= MAX_BATCH) return events.map(stringifyJson);
  throw new InvalidRequestError(`A batch has at most ${MAX_BATCH} events.`, 'invalid-batch');
}

const isAsked = ({ headers }: WebRequest, explain: string | undefined): boolean =>
  explain === 'true' || headers['x-echo-explain'] === 'true';

/** What was not understood is told in any case; that a ping is a ping, only who asks. */
function withoutEvent(reading: Exclude<WebhookReading, { kind: 'event' }>, asked: boolean): WebhookAnswer {
  const answer = { eventProcessed: false, eventId: null };
  return asked || reading.kind === 'unclear' ? { ...answer, reason: reading.reason } : answer;
}

const KNOWN: WebhookAnswer = {
  eventProcessed: false,
  eventId: null,
  duplicate: true,
  reason: 'A CloudEvent with this source and id has come before.',
};

const repeated = ({ eventId, executionIds }: Delivery): WebhookAnswer => ({
  eventProcessed: false,
  eventId,
  duplicate: true,
  executionIds,
});
