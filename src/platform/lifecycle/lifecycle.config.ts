import { setting } from '../settings/index.js';

export const lifecycleConfig = {
  timeoutMs: setting.millis('shutdown.timeoutMs', {
    default: 30_000,
    description:
      'How long Echo takes to stop at most: what is under way may finish meanwhile, and in SQL mode the rest is handed back. ' +
      'Give the process longer than this before it is killed.',
  }),
};
