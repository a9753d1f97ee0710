import { setting } from '../platform/settings/index.js';

export const outboxConfig = {
  remembered: setting.count('outbox.memory.remembered', {
    default: 10_000,
    description: 'In memory mode, how many finished effects are kept to look at and to recognise repeats by.',
  }),
  drainMs: setting.millis('outbox.drainMs', {
    default: 20_000,
    description: 'At shutdown, how long attempts under way may take to finish.',
  }),
  leaseMs: setting.millis('outbox.sql.leaseMs', {
    default: 30_000,
    description: 'In SQL mode, after how long without a sign of life another instance takes an effect over.',
  }),
  scanMs: setting.millis('outbox.sql.scanMs', {
    default: 2000,
    description: 'In SQL mode, how often an instance looks for effects that are due or were left behind.',
  }),
  inFlight: setting.count('outbox.sql.inFlight', {
    default: 5000,
    description: 'In SQL mode, up to how many effects an instance takes over; the others stay in the database.',
  }),
};
