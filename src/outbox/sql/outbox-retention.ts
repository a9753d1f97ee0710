import type { Clock } from '../../platform/clock/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Job } from '../../platform/lifecycle/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { outboxConfig } from '../outbox.config.js';
import { effectsHistory } from './effects-history.js';

const HOUR_MS = 3_600_000;

/** Forgets effects that ended long enough ago. */
export const outboxRetention = (source: Transaction, settings: Settings, clock: Clock): Job => ({
  name: 'outbox.retention',
  description: 'Forgets effects that ended long enough ago',
  intervalMs: () => HOUR_MS,
  run: async () => {
    const before = clock.now() - settings.get(outboxConfig.retentionMs);
    await effectsHistory.forget(source, before, clock.now() - settings.get(outboxConfig.deadRetentionMs));
  },
});
