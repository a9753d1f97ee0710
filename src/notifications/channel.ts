import type { Destination, RetryPolicy } from '../outbox/index.js';
import { extensionPoint } from '../platform/extension/index.js';
import type { JsonObject, JsonValue } from '../platform/json/index.js';
import type { Identity } from '../platform/request-context/index.js';
import type { Setting } from '../platform/settings/index.js';
import type { Interaction, InteractionRequest } from './callbacks/interaction.js';
import type { DirectNotification } from './direct/direct-notification.js';
import type { Occasion } from './events/occasion.js';

/** One entry of `notifications` of a pipeline or a stage, as its author wrote it: `type`, `when`, `address` … */
export type NotificationPreference = JsonObject;

/** What came of a message that the provider took. */
export interface Delivery {
  /** What a direct caller is answered as `value`; nothing is null. */
  readonly value?: JsonValue;
}

/** What a delivery may need to know besides the message. */
export interface DeliveryContext {
  /** Unique for the notification and the same at every attempt: providers that recognise repeats are given it. */
  readonly key: string;
  /** On whose behalf; for services of Spinnaker only. */
  readonly identity: Identity;
}

/**
 * A way to reach people. Add the decorator and put the class among the `providers` of any module:
 *
 * ```ts
 * @NotifiesThrough({ name: 'pigeon', requests: 'PIGEON' })
 * export class PigeonChannel implements Channel<Letter> {
 *   forEvent(preference: NotificationPreference, occasion: Occasion) { return [letterAbout(occasion, preference)]; }
 *   forRequest(request: DirectNotification) { return request.to.map((address) => letterTo(address, request)); }
 *   async deliver(letter: Letter) { await this.loft.send(letter); return {}; }
 * }
 * ```
 *
 * Messages are plain data, made once and kept in the outbox until they are delivered. Whatever `forEvent` or
 * `forRequest` throws leaves out that notification alone. `deliver` makes one attempt; an `EchoError` with `retryable`
 * is tried again where an event brought the message about.
 */
export interface Channel<M extends JsonValue = JsonValue> {
  /** What to send for one entry of `notifications`. Nothing is sent for an empty list. */
  forEvent?(preference: NotificationPreference, occasion: Occasion): readonly M[];
  /** What to send for `POST /notifications`, in the order in which it is sent. */
  forRequest?(request: DirectNotification): readonly M[] | Promise<readonly M[]>;
  deliver(message: M, context: DeliveryContext): Promise<Delivery>;
  /** Where a message goes, for providers that limit each place; without it all messages of the channel share one. */
  destinationOf?(message: M): Destination;
  /**
   * What a request of the provider says that somebody did with an interactive message. Rejects with a 400 for one that
   * cannot be believed or read.
   */
  readInteraction?(request: InteractionRequest): Promise<Interaction>;
  /** Has the message show what was done, after the service that had asked has heard of it. */
  showInteraction?(interaction: Interaction): Promise<void>;
}

/** One text that a user fills in to be notified; shown by `GET /notifications/metadata`. */
export interface ChannelParameter {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly defaultValue?: string;
}

/** A setting, or several of which one is enough. */
export type Need = Setting<unknown> | readonly Setting<unknown>[];

export interface ChannelOptions {
  /** The `type` of the notifications that it takes, exactly so; names the channel in logs and metrics. */
  readonly name: string;
  /** The `notificationType` that it takes, in capitals; without one it takes no direct notifications. */
  readonly requests?: string;
  /** Whether it also takes notifications with buttons, and hears which one was pressed. */
  readonly interactive?: boolean;
  /** Shown in `GET /notifications/metadata`. */
  readonly parameters?: readonly ChannelParameter[];
  /** Whether the user interface makes a form of the parameters (`BASIC`) or brings one of its own. */
  readonly uiType?: 'BASIC' | 'CUSTOM';
  /** Moments at which also those are told who asked for another: `{ 'pipeline.complete': 'pipeline.failed' }`. */
  readonly endedBy?: Readonly<Record<string, string>>;
  /** How a delivery that failed is repeated, where it is not as all others. */
  readonly retry?: RetryPolicy;
  /** Echo's own channels: the switch, and the settings without which there is nothing to deliver to. */
  readonly builtIn?: { readonly enabled: Setting<boolean>; readonly required?: readonly Need[] };
}

export const channelPoint = extensionPoint<Channel, ChannelOptions>(
  'echo:notification-channel',
  'notification channel',
  ['deliver'],
);

/** Makes a provider a channel. */
export const NotifiesThrough = channelPoint.decorator;
