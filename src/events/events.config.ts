import { setting } from '../platform/settings/index.js';

export const eventsConfig = {
  keepHeaders: setting.texts('webhooks.keepHeaders', {
    default: [],
    description:
      'Names of request headers that carry secrets (Authorization, Cookie, signatures) and are to stay in events all the same.',
  }),
  capacity: setting.count('events.inbox.capacity', {
    default: 20_000,
    description:
      'How many events an instance may have that are unfinished (in memory mode) or not written down yet (in SQL mode); more are answered 503.',
  }),
  inFlight: setting.count('events.inbox.inFlight', {
    default: 5000,
    description: 'In SQL mode, up to how many unfinished events an instance holds; the others wait in the database.',
  }),
  archiveSize: setting.bytes('events.archive.maxSize', {
    default: 32 * 1024 * 1024,
    description:
      'In memory mode, how much the events may hold together that can be looked at again: those that a trigger waited for.',
  }),
  leaseMs: setting.millis('events.inbox.leaseMs', {
    default: 30_000,
    description: 'In SQL mode, after how long without a sign of life another instance takes an event over.',
  }),
  retentionMs: setting.millis('events.inbox.retention', {
    default: 604_800_000,
    description: 'In SQL mode, for how long finished events, and the ids of messages that may be repeated, are kept.',
  }),
  budget: setting.bytes('events.inbox.maxSize', {
    default: 10 * 1024 ** 3,
    description: 'In SQL mode, how many bytes of finished events are kept; the oldest go first.',
  }),
  scanMs: setting.millis('events.inbox.scanMs', {
    default: 2000,
    description: 'In SQL mode, how often an instance looks for events that were left behind.',
  }),
};
