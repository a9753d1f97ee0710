import { EventEmitter2 } from '@nestjs/event-emitter';
import { expect, it } from 'vitest';
import { agedOut } from '../../../test/support/aged-out.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { Bus } from '../../events/index.js';
import { eventDecided } from '../../pipelines/index.js';
import { MemoryDecisionLog } from './memory-decision-log.js';

// What both logs do is in test/contract/decision-log.spec.ts.
it('the log of decisions in memory keeps so many events and lets the oldest go', async () => {
  const bus = new Bus(new EventEmitter2());
  const log = new MemoryDecisionLog(
    bus,
    new ManualClock(),
    agedOut(),
    new TestSettings({ 'decisions.memory.capacity': 2 }),
  );
  log.onModuleInit();

  for (const inboxId of ['A', 'B', 'C']) {
    const unusable = [{ handler: 'git', reason: 'no content' }];
    bus.publish(eventDecided, { inboxId, eventId: 'E', eventType: 'git', decisions: [], omitted: 0, unusable });
  }

  expect((await log.ofEvent('E')).map(({ inboxId }) => inboxId)).toEqual(['C', 'B']);
});
