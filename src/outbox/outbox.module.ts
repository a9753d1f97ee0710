import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsModule } from '../events/index.js';
import { twin } from '../platform/database/index.js';
import { metricProviders } from '../platform/metrics/index.js';
import { DeadEffects } from './dead-effects.js';
import { EffectAttempts } from './effect-attempt.js';
import { EffectsController } from './effects.controller.js';
import { Lanes } from './lanes/lanes.js';
import { MemoryOutbox } from './memory/memory-outbox.js';
import { outboxMetrics } from './outbox.metrics.js';
import { Outbox } from './outbox.js';

/** The way out: effects, their attempts, their end. */
@Module({
  imports: [EventsModule, DiscoveryModule],
  controllers: [EffectsController],
  providers: [
    Lanes,
    EffectAttempts,
    DeadEffects,
    twin(Outbox, MemoryOutbox, async () => (await import('./sql/sql-outbox.js')).SqlOutbox),
    ...metricProviders(outboxMetrics),
  ],
  exports: [Outbox],
})
export class OutboxModule {}
