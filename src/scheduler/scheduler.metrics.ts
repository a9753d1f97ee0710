import { counter, gauge, timer } from '../platform/metrics/index.js';

/** Names are the original's (core.md §6.4, §6.7); those that it did not have begin with `echo.slots`. */
export const schedulerMetrics = {
  triggers: gauge('echo.triggers.count', 'Cron triggers of pipelines.'),
  added: gauge('echo.triggers.sync.addCount', 'Cron triggers that the last sync added.'),
  updated: gauge('echo.triggers.sync.updateCount', 'Cron triggers that the last sync changed.'),
  removed: gauge('echo.triggers.sync.removeCount', 'Cron triggers that the last sync removed.'),
  failedRemovals: gauge('echo.triggers.sync.removeFailCount', 'Cron triggers that the last sync could not remove.'),
  failedUpdates: gauge('echo.triggers.sync.failedUpdateCount', 'Cron triggers that the last sync could not use.'),
  syncErrors: counter('echo.triggers.sync.error', 'Syncs that failed as a whole.'),
  syncTime: timer('echo.triggers.sync.executionTimeMillis', 'How long a sync takes.'),
  syncAge: gauge('echo.triggers.sync.age', 'Seconds since the last good sync, -1 before the first.'),
  misfires: timer('echo.triggers.quartz.misfires', 'How late slots were reached that are not run any more.'),
  slots: counter('echo.slots', 'Slots that were reached, by what became of them.', ['outcome']),
};
