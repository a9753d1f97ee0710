import { counter, gauge } from '../platform/metrics/index.js';

const START = ['triggerSource', 'triggerType'];

/** Names and tags are the original's (core.md, appendix A). */
export const pipelinesMetrics = {
  front50Requests: counter('front50.requests', 'Good loads of all pipelines.'),
  front50Errors: counter('front50.errors', 'Failed loads of all pipelines.'),
  front50LastPoll: gauge('front50.lastPoll', 'Seconds since the last good load of pipelines, -1 before the first.'),
  pipelines: gauge('echo.pipelines', 'Pipelines in the cache.'),
  skippedPipelines: gauge('echo.pipelines.skipped', 'Pipelines left out of the cache because they cannot be read.'),
  orcaRequests: counter('orca.requests', 'Starts handed over to be posted.'),
  triggerSuccess: counter('orca.trigger.success', 'Starts that orca accepted.', START),
  triggerErrors: counter('orca.trigger.errors', 'Starts that were given up.', ['exception', ...START]),
  orcaErrors: counter('orca.errors', 'Starts that were given up.', ['exception', ...START]),
  triggerRetries: counter('orca.trigger.retries', 'Tries made again after a failed one.'),
  triggerDisabled: counter('orca.trigger.disabled', 'Starts suppressed by a switch.', START),
  quietPeriodTests: counter('quietPeriod.tests', 'How often the quiet period was looked at.', ['result']),
};
