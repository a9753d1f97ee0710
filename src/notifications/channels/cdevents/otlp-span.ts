import { createHash } from 'node:crypto';
import { type JsonObject, type JsonValue, javaText, stringifyJson } from '../../../platform/json/index.js';
import { type Occasion, objectOf } from '../../events/occasion.js';
import type { CDEvent } from './cdevents.message.js';

/** Of OTLP. */
const PRODUCER = 4;
const ERROR = 2;

const NANOS_PER_MS = 1_000_000n;

const attribute = (key: string, value: string): JsonObject => ({ key, value: { stringValue: value } });

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Without the version at its end. */
const shortType = (type: string): string => type.replace(/\.\d+\.\d+\.\d+$/, '');

function attributesOf(
  { id, source, type, data }: CDEvent,
  stage: string | undefined,
  { kind }: Occasion,
): JsonObject[] {
  const customData = Object.entries(objectOf(data['customData']));
  return [
    attribute('cdevents.type', shortType(type)),
    attribute('cdevents.source', source),
    attribute('cdevents.id', id),
    ...(stage === undefined ? [] : [attribute('cdevents.stage.name', stage)]),
    attribute('cdevents.config.type', kind),
    attribute('cdevents.data', stringifyJson(data)),
    ...customData.map(([key, value]) => attribute(`cdevents.custom.${key}`, javaText(value ?? null))),
  ];
}

function stageOf({ context }: Occasion): string | undefined {
  const { name } = objectOf(context['stageDetails']);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/**
 * A CDEvent as a span without length (newer.md §9). All of one execution belong to one trace, below a span that nobody
 * sends: both follow from the execution's id, so that instances need not know of each other. The span's own id follows
 * from the event's, so that a repetition is the same span.
 */
export function spanOf(event: CDEvent, occasion: Occasion): JsonObject {
  const { id, type, time, data } = event;
  const subject = objectOf(data['subject']);
  const trace = digest(javaText(subject['id'] ?? null));
  const stage = stageOf(occasion);
  const at = String(BigInt(Date.parse(time)) * NANOS_PER_MS);
  const failed = type.includes('.finished.') && objectOf(subject['content'])['outcome'] === 'failure';
  return {
    traceId: trace.slice(0, 32),
    spanId: digest(id).slice(0, 16),
    parentSpanId: trace.slice(32, 48),
    flags: 1,
    name: shortType(type) + (stage === undefined ? '' : ` [${stage}]`),
    kind: PRODUCER,
    startTimeUnixNano: at,
    endTimeUnixNano: at,
    attributes: attributesOf(event, stage, occasion),
    status: failed ? { code: ERROR } : {},
  };
}

/** The body of a request that exports one span. */
export const exportOf = (span: JsonValue): JsonObject => ({
  resourceSpans: [
    {
      resource: { attributes: [attribute('service.name', 'spinnaker-echo-cdevents')] },
      scopeSpans: [{ scope: { name: 'spinnaker-cdevents' }, spans: [span] }],
    },
  ],
});
