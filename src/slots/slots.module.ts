import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { OutboxModule } from '../outbox/index.js';
import { PipelinesModule } from '../pipelines/index.js';
import { twin } from '../platform/database/index.js';
import { CronTriggers } from './cron-triggers.js';
import { DeadStarts } from './dead-starts.js';
import { SlotLedger } from './ledger/slot-ledger.js';
import { MemoryPauses } from './memory/memory-pauses.js';
import { MemorySlotLedger } from './memory/memory-slot-ledger.js';
import { Pauses } from './pauses.js';
import { SlotPolicy } from './policy/slot-policy.js';
import { Timetable } from './timetable.js';
import { KnownTriggers } from './upcoming/known-triggers.js';
import { UpcomingSlots } from './upcoming/upcoming-slots.js';

const ledger = twin(SlotLedger, MemorySlotLedger, async () => (await import('./sql/sql-slot-ledger.js')).SqlSlotLedger);
const pauses = twin(Pauses, MemoryPauses, async () => (await import('./sql/sql-pauses.js')).SqlPauses);

/** The tables of this room, for where there is a database; nothing of it is loaded elsewhere. */
export const slotTables = async (): Promise<DynamicModule> => ({
  module: (await import('./sql/slot-tables.module.js')).SlotTablesModule,
});

/** Says when cron triggers are due. */
@Module({ providers: [Timetable], exports: [Timetable] })
export class TimetableModule {}

/** Cron triggers, their slots and what became of these, for whoever fires, repairs or shows them. */
@Module({
  imports: [DiscoveryModule, EventsModule, OutboxModule, PipelinesModule, TimetableModule],
  providers: [CronTriggers, DeadStarts, KnownTriggers, SlotPolicy, UpcomingSlots, ledger, pauses],
  exports: [TimetableModule, CronTriggers, DeadStarts, KnownTriggers, SlotPolicy, UpcomingSlots, SlotLedger, Pauses],
})
export class SlotsModule {}
