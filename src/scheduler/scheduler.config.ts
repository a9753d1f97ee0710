import { setting } from '../platform/settings/index.js';

export const schedulerConfig = {
  enabled: setting.flag('scheduler.enabled', {
    default: false,
    description: 'Keeps cron triggers, starts pipelines on them, and serves /scheduledActions.',
  }),
  syncEnabled: setting.flag('scheduler.pipelineConfigsPoller.enabled', {
    default: false,
    description: 'Takes the cron triggers of pipelines over; off, only scheduled actions made by hand are run.',
  }),
  syncIntervalMs: setting.millis('scheduler.pipelineConfigsPoller.pollingIntervalMs', {
    default: 60_000,
    description:
      'How often all cron triggers are compared with the pipelines; changes that Echo hears of come at once.',
  }),
  misfireThresholdMs: setting.millis('scheduler.misfireThresholdMs', {
    default: 60_000,
    description: 'A slot that is reached later than this is a misfire: it is recorded and not run.',
  }),
  lookAheadMs: setting.millis('scheduler.lookAheadMs', {
    default: 1000,
    description: 'How long before its instant a slot is claimed, so that its start goes out on time.',
  }),
  cluster: setting.text('echo.cluster', {
    description:
      'Names the cluster of this instance where several share one database; one whose scheduler.triggers.enabled is off ' +
      'leaves slots to another that is on.',
  }),
};
