import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CronPauses, Slots } from './tables.js';

const repositories = TypeOrmModule.forFeature([Slots, CronPauses]);

/** The repositories of this room. */
@Global()
@Module({ imports: [repositories], exports: [repositories] })
export class SlotTablesModule {}
