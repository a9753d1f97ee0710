import { counter, gauge } from '../platform/metrics/index.js';

export const restMetrics = {
  sendErrors: counter('event.send.errors', 'Events that the fast tries did not bring to a REST endpoint.', [
    'exception',
  ]),
  filtered: counter('echo.rest.filtered', 'Events that an endpoint did not want.', ['endpoint']),
  disabled: gauge('echo.rest.disabled', 'Endpoints that get nothing more after failing for too long.'),
};
