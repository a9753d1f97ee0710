import { timer } from '../metrics/index.js';

/** Name and tags are the original's, of the client that it makes its calls with (notifications.md §7). */
export const httpMetrics = {
  calls: timer('okhttp.requests', 'Time one outgoing call took, whatever became of it.', [
    'requestHost',
    'statusCode',
    'status',
    'success',
    'authenticated',
  ]),
};
