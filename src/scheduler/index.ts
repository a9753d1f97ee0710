export { schedulerConfig } from './scheduler.config.js';
export { CronExpressionsModule, SchedulerModule, schedulerTables } from './scheduler.module.js';
