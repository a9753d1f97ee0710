import { setting } from '../platform/settings/index.js';

export const eventsConfig = {
  keepHeaders: setting.texts('webhooks.keepHeaders', {
    default: [],
    description:
      'Names of request headers that carry secrets (Authorization, Cookie, signatures) and are to stay in events all the same.',
  }),
  capacity: setting.count('events.inbox.capacity', {
    default: 20_000,
    description: 'In memory mode, how many accepted events may be unfinished at once; more are answered 503.',
  }),
  drainMs: setting.millis('events.inbox.drainMs', {
    default: 20_000,
    description: 'At shutdown, how long accepted events may take to finish.',
  }),
};
