import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Artifact } from '../artifacts/index.js';
import type { EchoEvent } from '../events/index.js';
import { EchoError, InvalidRequestError, messageOf } from '../platform/errors/index.js';
import { type JsonObject, javaText } from '../platform/json/index.js';
import { type ArtifactExtractor, artifactExtractors } from './artifacts/artifact-extractor.js';
import { isBlank, jsonIn, objectIn } from './body.js';
import { Payload } from './sources/payload.js';
import { type Webhook, type WebhookNews, type WebhookSource, webhookSources } from './sources/webhook-source.js';

/** What a webhook brought, before it is read. */
export interface WebhookRequest {
  readonly type: string;
  readonly body: string;
  readonly requestHeaders: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface WebhookRequestToSource extends WebhookRequest {
  readonly source: string;
}

/** What there is to a webhook: an event, or why there is none. */
export type WebhookReading =
  { readonly kind: 'event'; readonly event: EchoEvent } | Exclude<WebhookNews, { readonly kind: 'news' }>;

const NOTHING_ADDED: WebhookNews = { kind: 'news', members: {} };

/** Makes events of webhooks, with the sources and extractors that there are. */
@Injectable()
export class WebhookReader implements OnModuleInit {
  private readonly log = new Logger('Webhooks');
  private readonly sources = new Map<string, WebhookSource>();
  private extractors: readonly ArtifactExtractor[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const { options, instance } of webhookSources.collect(this.discovery))
      for (const source of instance.sources) this.add(options.name, instance.type, source, instance);
    this.extractors = artifactExtractors.collect(this.discovery).map(({ instance }) => instance);
  }

  /**
   * Reads what was posted to `/webhooks/{type}/{source}` (edges.md §2.5): `payload` is the body as it came, `content`
   * the body and what is derived from it.
   */
  read(request: WebhookRequestToSource): WebhookReading {
    const source = this.sourceOf(request);
    const { body, requestHeaders } = request;
    const payload = body === '' && source?.takesEmptyBodies ? {} : objectIn(jsonIn(body, requestHeaders));
    try {
      return this.readWith(source, request, payload);
    } catch (error) {
      if (error instanceof InvalidRequestError) return { kind: 'unclear', reason: error.message };
      // Hosts switch off hooks that fail, so that a faulty source or extractor must not fail the request.
      this.log.error({
        message: `A webhook of ${keyOf(request.type, request.source)} cannot be read: ${messageOf(error)}`,
        err: error,
      });
      return { kind: 'unclear', reason: 'what reads these webhooks has failed; the log has the reason' };
    }
  }

  private readWith(
    source: WebhookSource | undefined,
    request: WebhookRequestToSource,
    payload: JsonObject,
  ): WebhookReading {
    const eventKey = request.requestHeaders['x-event-key']?.[0];
    const webhook = webhookOf(request, new Payload(payload), eventKey);
    const news = source?.read(webhook) ?? NOTHING_ADDED;
    if (news.kind !== 'news') return news;
    const named: JsonObject = eventKey === undefined ? payload : { ...payload, event_type: eventKey };
    const content: JsonObject = { ...named, ...news.members };
    return {
      kind: 'event',
      event: eventOf(
        request,
        isBlank(content['artifacts']) ? { ...content, artifacts: this.artifactsOf(source, webhook) } : content,
        payload,
      ),
    };
  }

  private add(name: string, type: string, source: string, instance: WebhookSource): void {
    const key = keyOf(type, source);
    if (this.sources.has(key)) {
      const message = `The webhook source '${name}' reads /webhooks/${key}, which another one reads already`;
      throw new EchoError(`${message}: give it another type or source.`, { code: 'faulty-extension' });
    }
    this.sources.set(key, instance);
  }

  private sourceOf({ type, source }: WebhookRequestToSource): WebhookSource | undefined {
    const found = this.sources.get(keyOf(type, source));
    if (found || type !== 'git') return found;
    throw new InvalidRequestError(`Invalid SCM handler source${source}`, 'unknown-git-source');
  }

  private artifactsOf(source: WebhookSource | undefined, webhook: Webhook): readonly Artifact[] {
    const asked = this.extractors.filter((extractor) => extractor.handles(webhook.type, webhook.source));
    return [...(source?.artifacts?.(webhook) ?? []), ...asked.flatMap((extractor) => extractor.extract(webhook))];
  }
}

const keyOf = (type: string, source: string): string => `${type}/${source}`;

function webhookOf(request: WebhookRequestToSource, payload: Payload, eventKey: string | undefined): Webhook {
  const { type, source, body, requestHeaders: headers } = request;
  const own = payload.members['event_type'];
  return { type, source, body, payload, headers, eventType: eventKey ?? (typeof own === 'string' ? own : undefined) };
}

function eventOf(request: WebhookRequestToSource, content: JsonObject, payload: JsonObject): EchoEvent {
  const { type, source, at, requestHeaders, body } = request;
  return {
    details: { source, type, created: String(at), requestHeaders },
    content,
    rawContent: body,
    payload,
    eventId: randomUUID(),
  };
}

/** The event of `POST /webhooks/{type}` (edges.md §2.6): the source is a member of the body, and there is no payload. */
export function eventWithoutSource({ type, body, requestHeaders, at }: WebhookRequest): EchoEvent {
  const content = objectIn(jsonIn(body, requestHeaders));
  const source = content['source'];
  const named = source === undefined || source === null ? {} : { source: javaText(source) };
  return {
    details: { ...named, type, created: String(at), requestHeaders },
    content,
    eventId: randomUUID(),
  };
}
