import { setting } from './setting.js';

/** Whether there is pub/sub at all: rooms that receive, publish and notify through it ask. */
export const pubsubSwitch = {
  enabled: setting.flag('pubsub.enabled', {
    default: false,
    description: 'Receives and publishes messages; each system has a switch of its own as well.',
  }),
};
