import { counter } from '../../platform/metrics/index.js';

export const amazonMetrics = {
  acknowledged: counter('echo.pubsub.amazon.totalProcessed', 'Messages deleted from their queue.', [
    'subscriptionName',
  ]),
  nacked: counter('echo.pubsub.amazon.messagesNacked', 'Messages left in their queue, to come again.', [
    'subscriptionName',
  ]),
  failed: counter('echo.pubsub.amazon.failedMessages', 'Messages that could not be settled, by error.', [
    'exceptionClass',
  ]),
};
