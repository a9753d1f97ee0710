import { z } from 'zod';
import { setting } from '../../../platform/settings/index.js';

/** Names and defaults are the original's (notifications.md §1.3): the server is Spring's `spring.mail.*`. */
export const emailConfig = {
  enabled: setting.flag('mail.enabled', {
    default: false,
    description: 'Sends notifications of type email.',
  }),
  transport: setting.choice('mail.transport', ['smtp', 'graph'], {
    default: 'smtp',
    description: 'How mails are sent: to a mail server, or through Microsoft Graph (microsoftgraph.*).',
  }),
  from: setting.text('mail.from', { description: 'The sender of all mails.' }),
  host: setting.text('spring.mail.host', { description: 'The mail server.' }),
  port: setting.shape('spring.mail.port', 'port, 0 for the default one', z.coerce.number().int().min(0).max(65_535), {
    default: 0,
    description: 'Port of the mail server; 0 means 25, or 465 with TLS from the start.',
  }),
  username: setting.text('spring.mail.username', { description: 'User at the mail server, where it wants one.' }),
  password: setting.text('spring.mail.password', { description: 'Password at the mail server.', secret: true }),
  protocol: setting.choice('spring.mail.protocol', ['smtp', 'smtps'], {
    default: 'smtp',
    description: 'How the mail server is spoken to; `smtps` speaks TLS from the start.',
  }),
  properties: setting.shape(
    'spring.mail.properties',
    'texts by the names of JavaMail',
    z.record(z.string(), z.coerce.string()) as z.ZodType<Readonly<Record<string, string>>>,
    {
      default: {},
      description:
        'Of JavaMail: mail.smtp.auth, .starttls.enable, .starttls.required, .ssl.enable, .ssl.trust, .connectiontimeout, .timeout, .localhost.',
    },
  ),
  maxConnections: setting.count('mail.maxConnections', {
    default: 5,
    description: 'How many connections to the mail server are kept open at most.',
  }),
};
