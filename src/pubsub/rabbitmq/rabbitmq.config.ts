import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';
import { tlsKeys } from '../broker-tls.js';
import { option } from '../options.js';

const subscription = z.object({
  name: option.name,
  queue: option.name,
  exchange: option.path,
  routingKeys: member.texts.default(['#']),
  queueArguments: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  prefetch: member.count.default(100),
  templatePath: option.path,
});

export type RabbitmqSubscriptionOptions = z.output<typeof subscription>;

export const rabbitmqConfig = {
  enabled: setting.flag('pubsub.rabbitmq.enabled', {
    default: false,
    description: 'Receives messages of RabbitMQ (AMQP 0-9-1), with pubsub.enabled.',
  }),
  processing: setting.flag('pubsub.rabbitmq.processing.enabled', {
    default: true,
    dynamic: true,
    description: 'Off: messages stay in the queues until it is on again.',
  }),
  hosts: setting.texts('pubsub.rabbitmq.hosts', {
    default: ['localhost:5672'],
    description: 'The nodes of one cluster, host:port, tried one after another.',
  }),
  virtualHost: setting.text('pubsub.rabbitmq.virtualHost', { default: '/', description: 'The virtual host.' }),
  user: setting.text('pubsub.rabbitmq.user', { default: 'guest', description: 'User.' }),
  password: setting.text('pubsub.rabbitmq.password', {
    default: 'guest',
    secret: true,
    description: 'Password of the user.',
  }),
  tls: tlsKeys('rabbitmq'),
  subscriptions: setting.shape(
    'pubsub.rabbitmq.subscriptions',
    'list of subscriptions, each with name and queue',
    z.array(subscription),
    {
      default: [],
      description:
        'Queues to receive from: `name`, `queue`, `exchange` (then the queue is made, durable, and bound to it), ' +
        '`routingKeys` (# unless given), `queueArguments`, `prefetch` (100), `templatePath`. See pubsub.md.',
    },
  ),
};
