import { setting } from '../../platform/settings/index.js';

export const igorConfig = {
  enabled: setting.flag('igor.enabled', {
    default: false,
    description: 'Asks igor for builds, their properties and artifacts.',
  }),
  baseUrl: setting.url('igor.baseUrl', {
    default: 'http://localhost:8088',
    description: 'Where igor is, which knows the build servers.',
  }),
  jobNameAsQueryParameter: setting.flag('feature.igor.jobNameAsQueryParameter', {
    default: false,
    description: 'Gives igor the name of a job as a query parameter instead of in the path.',
  }),
};
