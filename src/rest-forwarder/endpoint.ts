import type { Destination } from '../outbox/index.js';
import { breakerOf } from '../outbox/index.js';
import { shownUrl } from '../platform/http/index.js';
import type { Settings } from '../platform/settings/index.js';
import { type HeadersFile, endpointHeaders } from './endpoint-headers.js';
import { type EndpointOptions, restConfig } from './rest-forwarder.config.js';

/** One place that events are forwarded to, with all defaults filled in. */
export interface Endpoint extends EndpointOptions {
  /** Unique: its own name, else its address without the secrets in it; people see it. */
  readonly name: string;
  readonly eventName: string;
  readonly fieldName: string;
  readonly headers: Record<string, string>;
  readonly retryDelays: number[];
  readonly destination: Destination;
}

/** The breaker's name where the endpoint has no event name (edges.md §6.4). */
const SEND_EVENT = 'sendEvent';

/** The endpoints in their order; addresses that come twice are numbered. */
export function endpointsOf(settings: Settings, readFile: HeadersFile): readonly Endpoint[] {
  const taken = new Map<string, number>();
  return settings.get(restConfig.endpoints).map((options) => {
    const wanted = options.name ?? shownUrl(options.url);
    const times = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, times);
    return endpointOf(options, times === 1 ? wanted : `${wanted}#${times}`, settings, readFile);
  });
}

function endpointOf(options: EndpointOptions, name: string, settings: Settings, readFile: HeadersFile): Endpoint {
  const guarded = options.circuitBreakerEnabled || settings.get(restConfig.breakerEnabled);
  return {
    ...options,
    name,
    eventName: options.eventName ?? settings.get(restConfig.defaultEventName),
    fieldName: options.fieldName ?? settings.get(restConfig.defaultFieldName),
    headers: endpointHeaders(options, readFile),
    retryDelays: options.retryDelays ?? settings.get(restConfig.retryDelays),
    destination: {
      name,
      concurrency: Math.max(1, options.maxConcurrent),
      ...(guarded && { breaker: breakerOf(settings, options.eventName ?? SEND_EVENT) }),
    },
  };
}
