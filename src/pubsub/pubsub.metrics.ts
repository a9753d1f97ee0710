import { counter, gauge } from '../platform/metrics/index.js';

const LABELS = ['subscription', 'pubsubSystem'];

export const pubsubMetrics = {
  processed: counter('echo.pubsub.messagesProcessed', 'Messages that became events.', LABELS),
  duplicates: counter('echo.pubsub.duplicateMessages', 'Messages that Echo had already.', LABELS),
  refused: counter('echo.pubsub.refusedMessages', 'Messages given back because Echo could not take them.', LABELS),
  dead: counter('echo.pubsub.deadMessages', 'Messages of no use, kept among the dead effects.', LABELS),
  receiving: gauge('echo.pubsub.receiving', '1 while messages of a subscription can come, else 0.', LABELS),
  published: counter('echo.pubsub.messagesPublished', 'Messages that a publisher brought to its topic.', [
    'publisher',
    'pubsubSystem',
  ]),
};
