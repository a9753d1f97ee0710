import { counter } from '../platform/metrics/index.js';

export const webhooksMetrics = {
  refused: counter('echo.webhooks.refused', 'Webhooks that were not signed as their source has to be.', [
    'source',
    'answered',
  ]),
  unclear: counter('echo.webhooks.unclear', 'Webhooks that their source or its artifacts did not understand.', [
    'source',
  ]),
  repeated: counter(
    'echo.webhooks.repeated',
    'Redelivered webhooks that were dropped: the first had started something.',
  ),
};
