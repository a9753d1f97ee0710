import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';
import { tlsKeys } from '../broker-tls.js';
import { option } from '../options.js';

const subscription = z.object({
  name: option.name,
  stream: option.name,
  subject: option.path,
  consumer: option.path,
  templatePath: option.path,
  ackWaitSeconds: member.count.default(30),
});

export type NatsSubscriptionOptions = z.output<typeof subscription>;

export const natsConfig = {
  enabled: setting.flag('pubsub.nats.enabled', {
    default: false,
    description: 'Receives messages of NATS JetStream, with pubsub.enabled.',
  }),
  processing: setting.flag('pubsub.nats.processing.enabled', {
    default: true,
    dynamic: true,
    description: 'Off: messages stay in the streams until it is on again.',
  }),
  servers: setting.texts('pubsub.nats.servers', {
    default: ['nats://localhost:4222'],
    description: 'Addresses of the servers of one cluster.',
  }),
  user: setting.text('pubsub.nats.user', { description: 'User, with pubsub.nats.password.' }),
  password: setting.text('pubsub.nats.password', { secret: true, description: 'Password of the user.' }),
  token: setting.text('pubsub.nats.token', { secret: true, description: 'Token, where the servers ask for one.' }),
  credentials: setting.text('pubsub.nats.credentials', {
    description: 'File with JWT and seed (.creds), where the servers use accounts.',
  }),
  tls: tlsKeys('nats'),
  subscriptions: setting.shape(
    'pubsub.nats.subscriptions',
    'list of subscriptions, each with name and stream',
    z.array(subscription),
    {
      default: [],
      description:
        'Streams to receive from: `name`, `stream`, `subject` (all of the stream where empty), `consumer` (durable name; ' +
        '`echo-<name>` unless given, made where it is missing), `templatePath`, `ackWaitSeconds` (30). See pubsub.md.',
    },
  ),
};
