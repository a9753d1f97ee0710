import type { Artifact } from '../../artifacts/index.js';
import type { EchoEvent } from '../../events/index.js';
import type { JsonObject } from '../../platform/json/index.js';
import { Content } from '../content.js';
import type { Reading, RequestHeaders } from '../trigger-handler.js';

/** An HTTP request that was posted to a source of triggers. */
export interface RequestEvent {
  readonly source: string;
  readonly headers: RequestHeaders;
  /** Those of the headers that people may see. */
  readonly shownHeaders: RequestHeaders;
  readonly payload: JsonObject | undefined;
  readonly parameters: JsonObject | undefined;
  readonly artifacts: readonly Artifact[];
}

/** Reads an event of that type, compared ignoring case (core.md §3.5). */
export function readRequest(type: string, event: EchoEvent, headers: RequestHeaders): Reading<RequestEvent> {
  const { details, content, payload } = event;
  const given = details?.type ?? '';
  if (given.toLowerCase() !== type) return { kind: 'idle', reason: `events of type ${given} are not ${type}` };
  if (typeof details?.source !== 'string') return { kind: 'unusable', reason: 'details.source: missing' };
  if (!content) return { kind: 'unusable', reason: 'content: missing' };
  const members = new Content(content);
  return {
    kind: 'event',
    event: {
      source: details.source,
      headers,
      shownHeaders: details.requestHeaders ?? {},
      payload: payload ?? undefined,
      parameters: members.object('parameters'),
      artifacts: members.artifacts('artifacts'),
    },
  };
}
