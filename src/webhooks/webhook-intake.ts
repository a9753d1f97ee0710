import { Injectable } from '@nestjs/common';
import { type EchoEvent, Inbox, eventsConfig } from '../events/index.js';
import { Clock } from '../platform/clock/index.js';
import { EchoError, InvalidRequestError } from '../platform/errors/index.js';
import { isJsonList, parseJson, stringifyJson } from '../platform/json/index.js';
import { Settings } from '../platform/settings/index.js';
import { type WebRequest, callerOf, utf8Text } from '../platform/web/index.js';
import { Explainer, type Explanation } from './explainer.js';
import { splitHeaders } from './request-headers.js';
import type { WebhookReading, WebhookRequest } from './webhook-reader.js';
import { webhooksConfig } from './webhooks.config.js';

/** A request as it reached one of the routes. */
export interface IncomingWebhook {
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
  /** What became of each event of a batch. */
  readonly events?: readonly WebhookAnswer[];
}

/** Makes what a route makes of a webhook. */
export type ReadWebhook = (webhook: Omit<WebhookRequest, 'type'>) => WebhookReading;

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
  ) {}

  /** Accepts a webhook; of a CloudEvents batch, each event for itself. */
  async take(incoming: IncomingWebhook, read: ReadWebhook): Promise<WebhookAnswer> {
    const text = utf8Text(incoming.body);
    if (!isBatch(incoming.request)) return this.takeOne(incoming, text, read);
    const answers: WebhookAnswer[] = [];
    for (const event of eventsIn(text)) answers.push(await this.takeOfBatch(incoming, event, read));
    const processed = answers.filter(({ eventProcessed }) => eventProcessed);
    return { eventProcessed: processed.length > 0, eventId: processed[0]?.eventId ?? null, events: answers };
  }

  private async takeOfBatch(incoming: IncomingWebhook, text: string, read: ReadWebhook): Promise<WebhookAnswer> {
    try {
      return await this.takeOne(incoming, text, read);
    } catch (error) {
      if (!(error instanceof EchoError) || error.status >= 500) throw error;
      return { eventProcessed: false, eventId: null, reason: error.message };
    }
  }

  private async takeOne(
    { request, explain }: IncomingWebhook,
    body: string,
    read: ReadWebhook,
  ): Promise<WebhookAnswer> {
    const { shown, secret } = splitHeaders(request.headers, this.settings.get(eventsConfig.keepHeaders));
    const reading = read({ body, requestHeaders: shown, at: this.clock.now() });
    const asked = isAsked(request, explain);
    if (reading.kind !== 'event') return withoutEvent(reading, asked);
    const { event } = reading;
    const { inboxId } = await this.inbox.accept({ event, identity: callerOf(request), privateHeaders: secret });
    const answer = { eventProcessed: true, eventId: event.eventId };
    if (!asked && !this.isAlwaysExplained(event)) return answer;
    const explanation = await this.explainer.explain(inboxId);
    return explanation ? { ...answer, explanation } : answer;
  }

  private isAlwaysExplained({ details }: EchoEvent): boolean {
    if (this.settings.get(webhooksConfig.explain) === 'always') return true;
    return this.settings.get(webhooksConfig.explainSources).includes(details?.source ?? '');
  }
}

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
