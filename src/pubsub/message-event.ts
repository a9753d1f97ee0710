import { randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Artifact } from '../artifacts/index.js';
import type { EchoEvent } from '../events/index.js';
import { type JsonObject, isJsonObject, parseJson } from '../platform/json/index.js';
import type { PubsubMessage, Subscription } from './pubsub-system.js';

/** A subscription and the system it belongs to. */
export interface Source {
  /** Lower case. */
  readonly system: string;
  readonly subscription: Subscription;
}

export const PUBSUB = 'pubsub';

/** A message as an event of one type (edges.md §5.2); an ordinary one has the parsed message and its attributes too. */
export function messageEvent(
  type: string,
  { system, subscription }: Source,
  { payload, attributes }: PubsubMessage,
  artifacts: readonly Artifact[],
  now: number,
): EchoEvent {
  const messageDescription = {
    subscriptionName: subscription.name,
    messagePayload: payload,
    ...(attributes && { messageAttributes: attributes }),
    pubsubSystem: system.toUpperCase(),
    ackDeadlineSeconds: subscription.ackDeadlineSeconds,
    retentionDeadlineSeconds: subscription.retentionDeadlineSeconds,
    artifacts,
  };
  const details = { type, created: String(now), requestHeaders: {} };
  const event = { content: { messageDescription } as unknown as JsonObject, eventId: randomUUID() };
  if (type !== PUBSUB) return { ...event, details };
  const parsed = objectIn(payload);
  return { ...event, details: { ...details, ...(attributes && { attributes }) }, ...(parsed && { payload: parsed }) };
}

function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    // A message need not be JSON: it is an event all the same, and starts nothing (edges.md §5.3).
    return undefined;
  }
}

/** What makes a message the same as one that came before: its id and its content (decisions.md 4). */
export function messageKey({ system, subscription }: Source, { id, payload }: PubsubMessage): string | undefined {
  return id === undefined ? undefined : [system, subscription.name, id, crc32(payload)].join('/');
}
