import { setting } from '../../../platform/settings/index.js';

export const googleChatConfig = {
  enabled: setting.flag('googlechat.enabled', {
    default: false,
    description: 'Sends notifications of type googlechat, to the webhooks that they name.',
  }),
  baseUrl: setting.url('googlechat.baseUrl', {
    default: 'https://chat.googleapis.com',
    description: 'Where Google Chat is; webhooks elsewhere are refused.',
  }),
};
