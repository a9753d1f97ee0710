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
};
