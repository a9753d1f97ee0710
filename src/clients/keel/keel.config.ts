import { setting } from '../../platform/settings/index.js';

export const keelConfig = {
  enabled: setting.flag('keel.enabled', {
    default: false,
    description: 'There is a keel, which manages delivery.',
  }),
  baseUrl: setting.url('keel.baseUrl', {
    default: 'http://localhost:7010',
    description: 'Where keel is.',
  }),
};
