import { pubsubSwitch, setting } from '../platform/settings/index.js';

export const pubsubConfig = {
  ...pubsubSwitch,
  drainMs: setting.millis('pubsub.drainMs', {
    default: 10_000,
    description: 'At shutdown, how long messages under way may take until they are acknowledged.',
  }),
};
