import { Module } from '@nestjs/common';
import { CronTriggers } from './cron-triggers.js';
import { Timetable } from './timetable.js';

/** Cron triggers and their slots, for whoever fires, repairs or shows them. */
@Module({ providers: [CronTriggers, Timetable], exports: [CronTriggers, Timetable] })
export class SlotsModule {}
