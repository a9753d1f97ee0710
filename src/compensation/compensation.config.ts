import { setting } from '../platform/settings/index.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Names and defaults of all but the last two are the original's (core.md §7.1). */
export const compensationConfig = {
  enabled: setting.flag('scheduler.compensationJob.enabled', {
    default: false,
    description:
      'Looks for slots of cron triggers that were missed, and starts their pipelines; needs scheduler.enabled.',
  }),
  windowMs: setting.millis('scheduler.compensationJob.windowMs', {
    default: 10 * MINUTE,
    description: 'How far back missed slots are looked for, from the tolerance on.',
  }),
  toleranceMs: setting.millis('scheduler.compensationJob.toleranceMs', {
    default: 30 * SECOND,
    description: 'A slot younger than this is not missed yet: its start may be under way.',
  }),
  recurring: setting.flag('scheduler.compensationJob.enableRecurring', {
    default: true,
    description: 'Looks again and again; off, once after Echo has come up.',
  }),
  intervalMs: setting.millis('scheduler.compensationJob.recurringPollIntervalMs', {
    default: 5 * MINUTE,
    description: 'Milliseconds from the end of one look for missed slots to the start of the next.',
  }),
  fetchSize: setting.count('scheduler.compensationJob.pipelineFetchSize', {
    default: 20,
    description: 'About how many pipelines or executions orca is asked at once.',
  }),
  maxStarts: setting.count('scheduler.compensationJob.maxStartsPerRun', {
    default: 200,
    dynamic: true,
    description:
      'How many missed slots one look starts, the oldest first; the log says how many it leaves to the next.',
  }),
  spreadMs: setting.millis('scheduler.compensationJob.spreadMs', {
    default: 10 * SECOND,
    dynamic: true,
    description: 'The starts of one look go out evenly over this span.',
  }),
};
