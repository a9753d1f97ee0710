import { setting } from '../platform/settings/index.js';

export const eventsConfig = {
  capacity: setting.count('events.inbox.capacity', {
    default: 20_000,
    description: 'In memory mode, how many accepted events may be unfinished at once; more are answered 503.',
  }),
  drainMs: setting.millis('events.inbox.drainMs', {
    default: 20_000,
    description: 'At shutdown, how long accepted events may take to finish.',
  }),
};
