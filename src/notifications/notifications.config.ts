import { z } from 'zod';
import { setting } from '../platform/settings/index.js';

export const notificationsConfig = {
  templatePath: setting.text('notifications.templatePath', {
    description: 'A folder with Handlebars templates that take the place of the built-in ones of the same name.',
  }),
  callbackServices: setting.shape(
    'notifications.callbackServices',
    'addresses by name of a service',
    z.record(z.string(), z.string()) as z.ZodType<Readonly<Record<string, string>>>,
    {
      default: {},
      description:
        'Where services are that ask people questions, for those whose own `<name>.baseUrl` Echo does not read.',
    },
  ),
};
