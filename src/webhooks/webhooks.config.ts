import { setting } from '../platform/settings/index.js';

export const webhooksConfig = {
  keepHeaders: setting.texts('webhooks.keepHeaders', {
    default: [],
    description:
      'Names of request headers that carry secrets (Authorization, Cookie, signatures) and are to stay in events all the same.',
  }),
};
