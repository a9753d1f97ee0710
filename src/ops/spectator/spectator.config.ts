import { setting } from '../../platform/settings/index.js';

/** Names are those of the library that shows the original's metrics. */
export const spectatorConfig = {
  enabled: setting.flag('spectator.webEndpoint.enabled', {
    default: false,
    description: 'Serves all metrics under their original names at /spectator/metrics, for scrapers that ask there.',
  }),
  applicationName: setting.text('spectator.applicationName', {
    default: 'echo',
    description: 'How /spectator/metrics calls the application.',
  }),
  applicationVersion: setting.text('spectator.applicationVersion', {
    default: 'unknown',
    description: 'How /spectator/metrics calls its version.',
  }),
};
