import { setting } from '../platform/settings/index.js';

/** Names and defaults are the original's (edges.md §1.6), but for the first (decisions.md 35). */
export const telemetryConfig = {
  enabled: setting.flag('stats.enabled', {
    default: false,
    description: 'Sends anonymous statistics about ended executions to the Spinnaker project.',
  }),
  endpoint: setting.url('stats.endpoint', {
    default: 'https://stats.spinnaker.io',
    description: 'Where statistics go; `/log` is added.',
  }),
  instanceId: setting.text('stats.instanceId', {
    description:
      'Tells installations apart in statistics and salts the names of applications; only its hash is sent. Without it ' +
      'every process makes up its own.',
  }),
  spinnakerVersion: setting.text('stats.spinnakerVersion', {
    default: 'unknown',
    description: 'The version of Spinnaker that statistics name.',
  }),
  deploymentType: setting.text('stats.deploymentMethod.type', {
    description: 'How Spinnaker was installed, e.g. `halyard`; sent only together with its version.',
  }),
  deploymentVersion: setting.text('stats.deploymentMethod.version', {
    description: 'The version of what installed Spinnaker.',
  }),
  connectionTimeoutMs: setting.millis('stats.connectionTimeoutMillis', {
    default: 3000,
    description:
      'Milliseconds to connect to the endpoint of statistics; with the next one the limit of the whole call.',
  }),
  readTimeoutMs: setting.millis('stats.readTimeoutMillis', {
    default: 5000,
    description: 'Milliseconds for the answer of the endpoint of statistics.',
  }),
  kubernetes: setting.text('kubernetes.port', {
    description: 'Kubernetes sets it in every pod (KUBERNETES_PORT); statistics then say that Spinnaker runs there.',
  }),
};
