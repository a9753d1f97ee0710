import type { EchoEvent } from '../events/index.js';
import {
  type JsonObject,
  type JsonValue,
  isJsonObject,
  parseJson,
  stringifyJson,
  withoutNulls,
} from '../platform/json/index.js';
import type { Endpoint } from './endpoint.js';

type BodyOptions = Pick<Endpoint, 'wrap' | 'flatten' | 'template' | 'eventName' | 'fieldName'>;

/** The exact text to send, or why there is none. */
export type ForwardBody =
  { readonly kind: 'body'; readonly text: string } | { readonly kind: 'unbuildable'; readonly reason: string };

const EVENT = '{{event}}';

/** The event as it leaves: members that are null are left out, in `details` and `content` too, but not in `payload`. */
export function outgoingEvent({ details, content, rawContent, payload, eventId }: EchoEvent): JsonObject {
  return {
    ...(details && { details: withoutNulls(details as JsonObject) }),
    ...(content && { content: withoutNulls(content) }),
    ...(typeof rawContent === 'string' && { rawContent }),
    ...(payload && { payload }),
    ...(eventId !== null && { eventId }),
  };
}

const flattened = (event: JsonObject): JsonObject => {
  const { details = null, content = null, ...rest } = event;
  return { details: stringifyJson(details), content: stringifyJson(content), ...rest };
};

/** Builds the body of a forward (edges.md §6.2). A template without `wrap` is ignored. */
export function forwardBody(options: BodyOptions, outgoing: JsonObject): ForwardBody {
  const event = options.flatten ? flattened(outgoing) : outgoing;
  if (!options.wrap) return text(event);
  if (!options.template) return text({ eventName: options.eventName, [options.fieldName]: event });
  return filled(options.template, stringifyJson(event));
}

const text = (body: JsonObject): ForwardBody => ({ kind: 'body', text: stringifyJson(body) });

function filled(template: string, event: string): ForwardBody {
  const unbuildable = { kind: 'unbuildable', reason: 'the filled template is no JSON object' } as const;
  const parsed = parsedOr(template.replaceAll(EVENT, () => event));
  return isJsonObject(parsed) ? text(withoutNulls(parsed)) : unbuildable;
}

function parsedOr(json: string): JsonValue | undefined {
  try {
    return parseJson(json);
  } catch {
    return undefined;
  }
}
