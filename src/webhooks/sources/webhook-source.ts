import type { Artifact } from '../../artifacts/index.js';
import { extensionPoint } from '../../platform/extension/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import type { Payload } from './payload.js';

/** What was posted to `/webhooks/{type}/{source}`. */
export interface Webhook {
  readonly type: string;
  readonly source: string;
  readonly payload: Payload;
  /** The exact text of the body; `''` where a host sends none. */
  readonly body: string;
  /** The kind of news: what the header `X-Event-Key` says, else the body's `event_type`. */
  readonly eventType: string | undefined;
  /** Lower-case name → values; without those that carry secrets. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** What a source makes of a webhook. */
export type WebhookNews =
  /** An event: these members are added to its content, for triggers to be held against. */
  | { readonly kind: 'news'; readonly members: JsonObject }
  /** Well understood, and nothing that could start a pipeline: a ping, a branch that was deleted. */
  | { readonly kind: 'none'; readonly reason: string }
  /** Nothing that the source knows: its sender is told the reason. */
  | { readonly kind: 'unclear'; readonly reason: string };

/**
 * Reads the webhooks of one kind of sender. Add the decorator and put the class among the `providers` of any module:
 *
 * ```ts
 * @ReadsWebhooks({ name: 'forge' })
 * export class ForgeSource implements WebhookSource {
 *   readonly type = 'git';
 *   readonly sources = ['forge'];
 *   read({ payload }: Webhook): WebhookNews { … }
 * }
 * ```
 *
 * Sources are pure: they see one webhook and keep nothing. A `CoercionError`, which `Payload` throws where a member is
 * missing or has the wrong type, makes the webhook unclear. A webhook that is not news is answered 200 all the same.
 */
export interface WebhookSource {
  /** The first part of the path, compared exactly, e.g. `git`. */
  readonly type: string;
  /** The second parts that it reads, compared exactly. */
  readonly sources: readonly string[];
  /** Whether its hosts post nothing at all to see whether anybody is there; elsewhere an empty body is 400. */
  readonly takesEmptyBodies?: boolean;
  read(webhook: Webhook): WebhookNews;
  /** What the webhook says has changed or was made; asked only where the body lists no artifacts itself. */
  artifacts?(webhook: Webhook): readonly Artifact[];
}

export interface WebhookSourceOptions {
  /** Names the source in messages; unique. */
  readonly name: string;
}

export const webhookSources = extensionPoint<WebhookSource, WebhookSourceOptions>(
  'echo:webhook-source',
  'webhook source',
  ['read'],
);

/** Makes a provider a webhook source. */
export const ReadsWebhooks = webhookSources.decorator;
