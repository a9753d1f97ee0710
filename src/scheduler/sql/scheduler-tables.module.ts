import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CronTriggers } from './cron-trigger-row.js';

const tables = TypeOrmModule.forFeature([CronTriggers]);

/** The scheduler's tables as repositories. */
@Global()
@Module({ imports: [tables], exports: [tables] })
export class SchedulerTablesModule {}
