import type { Clock } from '../../platform/clock/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Job } from '../../platform/lifecycle/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { outboxConfig } from '../outbox.config.js';
import { effectsHistory } from './effects-history.js';

const HOUR_MS = 3_600_000;

/** Forgets effects that ended long enough ago; of the kinds of the ledger first what they carried. */
export const outboxRetention = (
  source: Transaction,
  settings: Settings,
  clock: Clock,
  ledgerKinds: () => readonly string[],
): Job => ({
  name: 'outbox.retention',
  description: 'Forgets effects that ended long enough ago',
  intervalMs: () => HOUR_MS,
  run: async () => {
    const now = clock.now();
    await effectsHistory.forget(source, {
      before: now - settings.get(outboxConfig.retentionMs),
      deadBefore: now - settings.get(outboxConfig.deadRetentionMs),
      ledgerBefore: now - settings.get(outboxConfig.ledgerRetentionMs),
      ledgerKinds: ledgerKinds(),
    });
  },
});
