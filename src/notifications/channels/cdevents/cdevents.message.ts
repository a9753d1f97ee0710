import { randomUUID } from 'node:crypto';
import { type JsonObject, type JsonValue, isJsonObject } from '../../../platform/json/index.js';
import { executionLink } from '../../events/links.js';
import { type Occasion, objectOf } from '../../events/occasion.js';
import { unbuildable, word } from '../../events/phrases.js';
import { addressOf } from '../../events/preferences.js';

/** A CDEvent, and what its envelope says. */
export type CDEvent = {
  /** Of the envelope; the same at every attempt. */
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly data: JsonObject;
};

/** One for a broker. */
export type BrokerMessage = CDEvent & { readonly url: string };

/** One as a span, for a collector. */
export type SpanMessage = { readonly url: string; readonly span: JsonObject };

export type CDEventsMessage = BrokerMessage | SpanMessage;

type Kind = (typeof KINDS)[number];

const KINDS = [
  'dev.cdevents.pipelinerun.queued.',
  'dev.cdevents.pipelinerun.started.',
  'dev.cdevents.pipelinerun.finished.',
  'dev.cdevents.taskrun.started.',
  'dev.cdevents.taskrun.finished.',
] as const;

const VERSION = '0.1.1';

/** A value that the event cannot do without. */
function needed(value: JsonValue | undefined, what: string): string {
  if (value) return word(value);
  throw unbuildable(`a CDEvent needs ${what}`);
}

function kindOf(type: string): Kind {
  const kind = KINDS.find((one) => one.includes(type));
  if (kind) return kind;
  throw unbuildable('No mapping eventType found to create CDEvent');
}

/** Without its query, as ever. */
export function brokerOf(address: string): string {
  if (!URL.canParse(address)) throw unbuildable('Unable to determine CloudEvents broker address.');
  const { origin, pathname } = new URL(address);
  if (pathname === '/') throw unbuildable('Unable to determine URL from CloudEvents broker address.');
  return origin + pathname;
}

const TRACES = '/v1/traces';

/** Where a collector takes spans: the address may name the path or leave it out. */
export function collectorOf(address: string): string {
  if (!URL.canParse(address)) throw unbuildable('Unable to determine the OTLP collector address.');
  const { origin, pathname } = new URL(address);
  const path = pathname.replace(/\/+$/, '');
  return origin + (path.endsWith(TRACES) ? path : path + TRACES);
}

/** Where the notification wants to be sent to. */
export const targetOf = (preference: JsonObject): string => needed(addressOf(preference), 'the address of a broker');

const OUTCOMES: Readonly<Record<string, string>> = { complete: 'success', failed: 'failure' };

/** How it ended. `errors` is the status, whatever that is, as in the original. */
function ending(status: string): JsonObject {
  const outcome = OUTCOMES[status];
  return { ...(outcome && { outcome }), errors: status };
}

function contentOf(kind: Kind, name: string, url: string, { execution, status }: Occasion): JsonObject {
  const end = kind.includes('.finished.') ? ending(status) : {};
  if (kind.includes('.pipelinerun.')) return { pipelineName: name, url, ...end };
  return { taskName: name, url, pipelineRun: { id: word(execution['id']) }, ...end };
}

/** What the notification adds of its own, or else the stage. */
function customDataOf(preference: JsonObject, { context }: Occasion): JsonObject {
  const own = preference['customData'];
  return isJsonObject(own) ? own : objectOf(context['customData']);
}

function checkedLink(link: string): string {
  if (/[\s<>"{}|\\^`]/.test(link))
    throw unbuildable(`${link} is no address: the application's name does not fit into one`);
  return link;
}

/** @param now milliseconds since the epoch */
export function cdEventOf(
  preference: JsonObject,
  occasion: Occasion,
  { baseUrl, now }: { readonly baseUrl: string; readonly now: number },
): CDEvent {
  const id = needed(occasion.execution['id'], 'the id of an execution');
  const name = needed(occasion.execution['name'], 'the name of an execution');
  const kind = kindOf(needed(preference['cdEventsType'], 'cdEventsType'));
  const type = kind + VERSION;
  const time = new Date(now).toISOString();
  const content = contentOf(kind, name, checkedLink(executionLink(baseUrl, occasion)), occasion);
  const subjectType = kind.includes('.pipelinerun.') ? 'pipelineRun' : 'taskRun';
  const data = {
    context: { version: '0.3.0', id: randomUUID(), source: baseUrl, type, timestamp: time.replace(/\.\d+/, '') },
    subject: { id, source: baseUrl, type: subjectType, content },
    customData: customDataOf(preference, occasion),
    customDataContentType: 'application/json',
  };
  return { id: randomUUID(), type, source: baseUrl, time, data };
}

/** The event in its envelope, structured as CloudEvents are. */
export const envelopeOf = ({ id, source, type, time, data }: CDEvent, specversion: string): JsonObject => ({
  specversion,
  id,
  source,
  type,
  datacontenttype: 'application/json',
  time,
  data,
});
