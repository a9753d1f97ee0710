import type { ReceivedEvent } from '../../events/index.js';
import type { RequestHeaders } from '../trigger-handler.js';

const NONE: RequestHeaders = {};

/** All headers of the request that brought an event: those in the event, and those that only matching may see. */
export function requestHeadersOf({ event, privateHeaders }: ReceivedEvent): RequestHeaders {
  const shown = event.details?.requestHeaders ?? NONE;
  return privateHeaders ? { ...shown, ...privateHeaders } : shown;
}
