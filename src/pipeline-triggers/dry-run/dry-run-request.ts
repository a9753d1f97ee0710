import { type EchoEvent, parseEvent } from '../../events/index.js';
import { InvalidRequestError } from '../../platform/errors/index.js';
import { type JsonValue, describeValue, isJsonObject, read } from '../../platform/json/index.js';
import { type GivenPipelines, readGivenPipelines } from '../../pipelines/index.js';

/** What somebody wants to try. */
export interface DryRunRequest {
  /** An event, or the id of one that Echo has recorded. */
  readonly event:
    { readonly kind: 'given'; readonly event: EchoEvent } | { readonly kind: 'recorded'; readonly id: string };
  /** Instead of the pipelines that Echo has loaded. */
  readonly pipelines?: GivenPipelines;
}

const invalid = (message: string): InvalidRequestError => new InvalidRequestError(message, 'invalid-dry-run');

/**
 * Reads `{"event": {…}}` or `{"eventId": "…"}`, either with `"pipelines": […]`. Throws an error that is answered 400.
 *
 * @param now milliseconds since the epoch
 */
export function readDryRunRequest(body: JsonValue, now: number): DryRunRequest {
  if (!isJsonObject(body)) throw invalid(`A dry run is asked for by a JSON object, not by ${describeValue(body)}.`);
  const [event, id] = [body['event'] ?? undefined, read.member(body, 'eventId', read.text)];
  const pipelines = read.member(body, 'pipelines', read.list);
  const given = pipelines && { pipelines: readGivenPipelines(pipelines) };
  if (event !== undefined && id === undefined) {
    return { event: { kind: 'given', event: parseEvent(event, now) }, ...given };
  }
  if (event === undefined && id !== undefined) return { event: { kind: 'recorded', id }, ...given };
  throw invalid("A dry run needs either 'event', an event, or 'eventId', the id of one that was accepted.");
}
