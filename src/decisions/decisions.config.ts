import { setting } from '../platform/settings/index.js';

export const decisionsConfig = {
  capacity: setting.count('decisions.memory.capacity', {
    default: 10_000,
    description: 'In memory mode, of how many events the decisions are kept.',
  }),
};
