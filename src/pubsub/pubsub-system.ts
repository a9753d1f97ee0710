import type { Artifact } from '../artifacts/index.js';
import type { Publication } from '../events/index.js';
import { extensionPoint } from '../platform/extension/index.js';

/** A message as a system delivered it. */
export interface PubsubMessage {
  /** What the system calls this message; a repeat has the same. Without one a repeat is not recognised. */
  readonly id?: string;
  readonly payload: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What the system is to do with a message that Echo was given. */
export type Settlement =
  /** Echo has it for good, or knew it already, or keeps it among the dead effects: acknowledge it. */
  | { readonly kind: 'taken' }
  /** Echo cannot take anything right now: give it back, so that it comes again. */
  | { readonly kind: 'refused'; readonly reason: string };

/** One stretch of receiving, until its signal is aborted or the connection is lost. */
export interface Reception {
  /** Aborted when Echo stops or the subscription is paused. */
  readonly signal: AbortSignal;
  /** To be called when messages can come, again and again as you like. */
  connected(): void;
  /** Gives Echo a message. Never rejects. Acknowledge only after it has resolved with `taken`. */
  take(message: PubsubMessage): Promise<Settlement>;
}

/** Reads artifacts out of messages. */
export interface ArtifactSource {
  /** Rejects when the message is of no use. */
  read(payload: string): Promise<readonly Artifact[]>;
  /** Whether a template wrote them: then keel may hear of them (`artifacts.found`). */
  readonly isTemplate: boolean;
}

/** Where messages come from. */
export interface Subscription {
  /** How triggers call it; unique within the system. */
  readonly name: string;
  /** Seconds that the system waits for an acknowledgement, as events tell it. */
  readonly ackDeadlineSeconds: number;
  /** Seconds for which the system may repeat a message, as events tell it. */
  readonly retentionDeadlineSeconds: number;
  readonly artifacts?: ArtifactSource | undefined;
  /** Further events to make of each message, by type. */
  readonly alsoAs?: readonly string[] | undefined;
  /**
   * Connects, receives, and settles each message as it is told. Resolves after the signal was aborted, when every
   * message that was given to Echo is settled and the connection is closed; rejects when the connection is lost: then
   * it is called again after a pause.
   *
   * What must hold with several instances: the system shares the messages of a subscription out among them.
   */
  receive(reception: Reception): Promise<void>;
}

/** Where events go to. */
export interface Publisher {
  readonly name: string;
  readonly topicName: string;
  /** `ALL`: every event; `NOTIFICATIONS`: only what a pipeline's notification asks for. */
  readonly content: 'ALL' | 'NOTIFICATIONS';
  /** Resolves when the system has it. An `EchoError` that is not `retryable` is final. */
  publish(publication: Publication): Promise<void>;
  /** Ends its connections, after the last publication. */
  close?(): Promise<void>;
}

/**
 * A kind of message broker. Add the decorator and put the class among the `providers` of any module:
 *
 * ```ts
 * @BringsPubsub({ name: 'redis' })
 * export class RedisSystem implements PubsubSystem {
 *   subscriptions(): readonly Subscription[] { … }
 * }
 * ```
 *
 * Both methods are asked once, at boot; they read the configuration and connect to nothing. What they throw stops the boot.
 */
export interface PubsubSystem {
  subscriptions(): readonly Subscription[];
  publishers?(): readonly Publisher[];
  /** Whether the operator holds up its subscriptions right now; asked again whenever settings change. */
  paused?(): boolean;
}

export interface PubsubSystemOptions {
  /** Lower case; what triggers write in `pubsubSystem`. */
  readonly name: string;
}

export const pubsubSystems = extensionPoint<PubsubSystem, PubsubSystemOptions>('echo:pubsub-system', 'pub/sub system', [
  'subscriptions',
]);

/** Makes a provider a pub/sub system. */
export const BringsPubsub = pubsubSystems.decorator;
