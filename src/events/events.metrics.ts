import { counter, gauge, timer } from '../platform/metrics/index.js';

export const eventsMetrics = {
  accepted: counter('echo.events.accepted', 'Events taken into the inbox.'),
  refused: counter('echo.events.refused', 'Events answered 503 because the inbox was full or closing.'),
  agedOut: counter('echo.history.forgotten', 'In memory mode, what is over and was forgotten for want of room.', [
    'history',
  ]),
  inboxDepth: gauge('echo.inbox.depth', 'Accepted events whose listeners have not all finished.'),
  listenerDuration: timer('echo.listener.duration', 'Time one listener took for one event.', ['listener']),
  listenerErrors: counter('echo.listener.errors', 'Events on which a listener failed.', ['listener', 'exception']),
};
