import type { Artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import { type JsonObject, memberOf, read } from '../../../platform/json/index.js';
import { Content, oneOf } from '../../content.js';
import type { TriggerChanges } from '../../filled-trigger.js';
import type { Reading } from '../../trigger-handler.js';

/** A message of a subscription. */
export interface PubsubEvent {
  /** `amazon`, `google` or `kafka`. */
  readonly system: string;
  /** The subscription's name in Echo's configuration. */
  readonly subscription: string;
  readonly attributes: JsonObject | undefined;
  readonly payload: JsonObject | undefined;
  readonly artifacts: readonly Artifact[];
}

/** In events the systems are in upper case, and only so; in triggers they are in lower case. */
const system = oneOf(['AMAZON', 'GOOGLE', 'KAFKA']);

export function readPubsub({ content, payload }: EchoEvent): Reading<PubsubEvent> {
  const message = content && new Content(content).inside('messageDescription');
  if (!message) return { kind: 'unusable', reason: 'content.messageDescription: missing' };
  const sender = message.read('pubsubSystem', system);
  const subscription = message.text('subscriptionName');
  if (!sender) return { kind: 'unusable', reason: 'content.messageDescription.pubsubSystem: missing' };
  if (!subscription) return { kind: 'unusable', reason: 'content.messageDescription.subscriptionName: missing' };
  const event = {
    system: sender.toLowerCase(),
    subscription,
    attributes: message.read('messageAttributes', read.texts),
    payload: payload ?? undefined,
    artifacts: message.artifacts('artifacts'),
  };
  return { kind: 'event', event };
}

/** A message without `parameters` has none, one that says null keeps the trigger from having any. */
export const parametersOf = (payload: JsonObject): JsonObject | undefined =>
  Object.hasOwn(payload, 'parameters') ? read.member(payload, 'parameters', read.object) : {};

/** The link counts only together with its text. */
export function linkOf(payload: JsonObject): Pick<TriggerChanges, 'link' | 'linkText'> {
  const [link, linkText] = ['link', 'linkText'].map((name) => memberOf(payload, name));
  if (typeof link !== 'string' || typeof linkText !== 'string') return {};
  return link.trim() === '' || linkText.trim() === '' ? {} : { link, linkText };
}
