import { setting } from '../platform/settings/index.js';

export const pubsubConfig = {
  enabled: setting.flag('pubsub.enabled', {
    default: false,
    description: 'Receives and publishes messages; each system has a switch of its own as well.',
  }),
  drainMs: setting.millis('pubsub.drainMs', {
    default: 10_000,
    description: 'At shutdown, how long messages under way may take until they are acknowledged.',
  }),
};
