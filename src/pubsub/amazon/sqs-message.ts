import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import { type JsonObject, type JsonValue, isJsonObject, memberOf, parseJson } from '../../platform/json/index.js';
import type { PubsubMessage } from '../pubsub-system.js';
import type { AmazonSubscriptionOptions } from './amazon.config.js';

type Texts = Record<string, string>;
type Reading = Pick<AmazonSubscriptionOptions, 'attributeFormat' | 'alternateIdInMessageAttributes'>;

/** What SNS puts around a message on its way into a queue. */
interface Envelope {
  readonly message: string;
  readonly attributes: Texts;
}

/**
 * A message of a queue as Echo takes it: unwrapped where it came through SNS, whose attributes win over the queue's own
 * (edges.md §5.4).
 */
export function messageIn({ MessageId, Body = '', MessageAttributes = {} }: Message, reading: Reading): PubsubMessage {
  const envelope = envelopeIn(Body);
  const attributes = { ...ownAttributes(MessageAttributes, reading.attributeFormat), ...envelope?.attributes };
  const id = attributes[reading.alternateIdInMessageAttributes ?? ''] ?? MessageId;
  return { ...(id !== undefined && { id }), payload: envelope?.message ?? Body, attributes };
}

function envelopeIn(body: string): Envelope | undefined {
  const value = objectIn(body);
  const message = value && memberOf(value, 'Message');
  if (!value || typeof message !== 'string') return undefined;
  return { message, attributes: snsAttributes(memberOf(value, 'MessageAttributes')) };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Whatever sent it need not write JSON.
    return undefined;
  }
}

/** An attribute without a value is left out: in the original it kept the whole message from ever being processed. */
function snsAttributes(all: JsonValue | undefined): Texts {
  if (!isJsonObject(all)) return {};
  const texts = Object.entries(all).flatMap(([name, attribute]) => {
    const value = isJsonObject(attribute) ? memberOf(attribute, 'Value') : undefined;
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(texts) as Texts;
}

function ownAttributes(all: Record<string, MessageAttributeValue>, format: Reading['attributeFormat']): Texts {
  const text = format === 'PLAIN' ? plainText : sdkText;
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, text(value)]));
}

const plainText = ({ StringValue, BinaryValue }: MessageAttributeValue): string =>
  StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64');

/** How the original's client prints an attribute: constraints are written against this. */
function sdkText({ StringValue, BinaryValue, DataType = '' }: MessageAttributeValue): string {
  const length = BinaryValue?.length ?? 0;
  const own = [
    ...(StringValue === undefined ? [] : [`StringValue: ${StringValue},`]),
    ...(BinaryValue ? [`BinaryValue: java.nio.HeapByteBuffer[pos=0 lim=${length} cap=${length}],`] : []),
  ];
  return `{${own.join('')}StringListValues: [],BinaryListValues: [],DataType: ${DataType}}`;
}
