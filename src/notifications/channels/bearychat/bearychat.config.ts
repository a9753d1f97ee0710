import { setting } from '../../../platform/settings/index.js';

export const bearychatConfig = {
  enabled: setting.flag('bearychat.enabled', { default: false, description: 'Sends notifications of type bearychat.' }),
  token: setting.text('bearychat.token', { description: 'Token for Bearychat.', secret: true }),
  baseUrl: setting.url('bearychat.baseUrl', {
    default: 'https://api.bearychat.com',
    description: 'Where Bearychat, or what speaks like it, is.',
  }),
};
