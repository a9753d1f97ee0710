import { setting } from '../../platform/settings/index.js';

export const orcaConfig = {
  baseUrl: setting.url('orca.baseUrl', {
    default: 'http://localhost:8083',
    description: 'Where orca is, which runs the pipelines.',
  }),
};
