import type { Artifact } from '../../../artifacts/index.js';
import type { EchoEvent } from '../../../events/index.js';
import {
  CoercionError,
  type JsonObject,
  type JsonValue,
  describeValue,
  memberOf,
  read,
} from '../../../platform/json/index.js';
import { Content } from '../../content.js';
import type { TriggerChanges } from '../../filled-trigger.js';
import type { Reading } from '../../trigger-handler.js';

/** A message of a subscription. */
export interface PubsubEvent {
  /** `amazon`, `google`, `kafka` or another, in lower case. */
  readonly system: string;
  /** The subscription's name in Echo's configuration. */
  readonly subscription: string;
  readonly attributes: JsonObject | undefined;
  readonly payload: JsonObject | undefined;
  readonly artifacts: readonly Artifact[];
}

/** In events the systems are in upper case, and only so; in triggers they are in lower case. */
function system(value: JsonValue | undefined): string | undefined {
  const name = read.text(value);
  if (name === undefined || name === name.toUpperCase()) return name;
  throw new CoercionError('', 'a system in upper case such as AMAZON, GOOGLE, KAFKA', describeValue(name));
}

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
