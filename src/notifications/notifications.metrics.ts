import { counter, timer } from '../platform/metrics/index.js';

export const notificationsMetrics = {
  sent: counter('echo.notifications.sent', 'Messages that a provider took.', ['channel']),
  failed: counter('echo.notifications.failed', 'Attempts to deliver a message that failed.', ['channel', 'exception']),
  unbuildable: counter('echo.notifications.unbuildable', 'Notifications that could not be put into words.', [
    'channel',
  ]),
  duration: timer('echo.notifications.duration', 'Time one attempt to deliver a message took.', ['channel']),
};
