import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clusters } from './cluster-row.js';
import { CronTriggers } from './cron-trigger-row.js';

const tables = TypeOrmModule.forFeature([CronTriggers, Clusters]);

/** The scheduler's tables as repositories. */
@Global()
@Module({ imports: [tables], exports: [tables] })
export class SchedulerTablesModule {}
