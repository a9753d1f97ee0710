import { setting } from '../settings/index.js';

export const instanceConfig = {
  status: setting.choice('instance.status', ['UP', 'OUT_OF_SERVICE'], {
    default: 'UP',
    dynamic: true,
    description:
      'OUT_OF_SERVICE: this instance finishes what it has and takes nothing new on: it claims no slots, receives no messages ' +
      'and looks for no missed slots, starts of events that reach it all the same are suppressed, and /health answers 503.',
  }),
};
