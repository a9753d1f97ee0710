export { schedulerConfig } from './scheduler.config.js';
export { CronExpressionsModule, SchedulerModule } from './scheduler.module.js';
