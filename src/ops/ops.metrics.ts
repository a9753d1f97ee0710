import { sizes, timer } from '../platform/metrics/index.js';

const REQUEST = ['controller', 'method', 'status', 'statusCode', 'criticality', 'type', 'source', 'success', 'cause'];

/** Names and tags are the original's (edges.md §2.3). */
export const opsMetrics = {
  invocations: timer('controller.invocations', 'Time one request took, by the method that answered it.', REQUEST),
  contentLength: sizes('controller.invocations.contentLength', 'Size of the bodies of requests.', REQUEST),
};
