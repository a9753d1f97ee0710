import { counter } from '../platform/metrics/index.js';

/** Names and tags are the original's (core.md, appendix A). */
export const triggersMetrics = {
  eventsProcessed: counter('echo.events.processed', 'Events, once for each trigger handler that takes their type.'),
  pipelinesTriggered: counter('pipelines.triggered', 'Pipelines that an event starts, before switches are asked.', [
    'monitor',
    'application',
    'type',
    'pubsubSystem',
    'subscriptionName',
  ]),
  triggerErrors: counter('trigger.errors', 'Triggers that failed by their own fault.', ['exception']),
  accessDenied: counter('trigger.errors.accessdenied', 'Triggers whose user may not run the application.', [
    'application',
    'user',
    'pipeline',
  ]),
};
