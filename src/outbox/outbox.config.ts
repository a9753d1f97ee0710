import { setting } from '../platform/settings/index.js';

export const outboxConfig = {
  remembered: setting.count('outbox.memory.remembered', {
    default: 10_000,
    description: 'In memory mode, how many finished effects are kept to look at and to recognise repeats by.',
  }),
  capacity: setting.count('outbox.memory.capacity', {
    default: 20_000,
    description:
      'In memory mode, how many effects may wait or be under way; at that bound new events are answered 503.',
  }),
  concurrency: setting.count('outbox.concurrency', {
    default: 50,
    description: 'How many attempts may be under way at once to a destination that has no limit of its own.',
  }),
  maxPayload: setting.bytes('outbox.sql.maxPayloadSize', {
    default: 33_554_432,
    description: 'In SQL mode, effects with a larger payload are dead at once.',
  }),
  retentionMs: setting.millis('outbox.sql.retention', {
    default: 604_800_000,
    description: 'In SQL mode, for how long effects are kept that are done or suppressed.',
  }),
  ledgerRetentionMs: setting.millis('outbox.sql.ledgerRetention', {
    default: 3_024_000_000,
    description:
      'In SQL mode, for how long starts are kept that are done or suppressed; without payload after outbox.sql.retention.',
  }),
  deadRetentionMs: setting.millis('outbox.sql.deadRetention', {
    default: 2_592_000_000,
    description: 'In SQL mode, for how long dead effects are kept.',
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
