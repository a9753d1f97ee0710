import { setting } from '../../platform/settings/index.js';

export const front50Config = {
  baseUrl: setting.url('front50.baseUrl', {
    default: 'http://localhost:8080',
    description: 'Where front50 is, which keeps the pipelines.',
  }),
};
