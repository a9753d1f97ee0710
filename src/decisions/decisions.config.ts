import { setting } from '../platform/settings/index.js';

export const decisionsConfig = {
  retentionMs: setting.millis('decisions.sql.retention', {
    default: 1_209_600_000,
    description: 'In SQL mode, for how long decisions are kept.',
  }),
  capacity: setting.count('decisions.memory.capacity', {
    default: 10_000,
    description: 'In memory mode, of how many events the decisions are kept.',
  }),
};
