import { setting } from '../platform/settings/index.js';

export const notificationsConfig = {
  templatePath: setting.text('notifications.templatePath', {
    description: 'A folder with Handlebars templates that take the place of the built-in ones of the same name.',
  }),
};
