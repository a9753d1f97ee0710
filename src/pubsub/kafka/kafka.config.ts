import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';
import { tlsKeys } from '../broker-tls.js';
import { option } from '../options.js';

const subscription = z.object({
  name: option.name,
  topic: option.name,
  groupId: option.path,
  fromBeginning: member.flag.default(false),
  templatePath: option.path,
});

export type KafkaSubscriptionOptions = z.output<typeof subscription>;

export const kafkaConfig = {
  enabled: setting.flag('pubsub.kafka.enabled', {
    default: false,
    description: 'Receives messages of Kafka, with pubsub.enabled.',
  }),
  processing: setting.flag('pubsub.kafka.processing.enabled', {
    default: true,
    dynamic: true,
    description: 'Off: messages stay in the topics until it is on again.',
  }),
  brokers: setting.texts('pubsub.kafka.brokers', {
    default: ['localhost:9092'],
    description: 'Brokers of one cluster, host:port, to ask for the others.',
  }),
  saslMechanism: setting.choice('pubsub.kafka.sasl.mechanism', ['none', 'plain', 'scram-sha-256', 'scram-sha-512'], {
    default: 'none',
    description: 'How Echo shows who it is.',
  }),
  user: setting.text('pubsub.kafka.sasl.user', { default: '', description: 'User, where there is a mechanism.' }),
  password: setting.text('pubsub.kafka.sasl.password', {
    default: '',
    secret: true,
    description: 'Password of the user.',
  }),
  tls: tlsKeys('kafka'),
  subscriptions: setting.shape(
    'pubsub.kafka.subscriptions',
    'list of subscriptions, each with name and topic',
    z.array(subscription),
    {
      default: [],
      description:
        'Topics to receive from: `name`, `topic`, `groupId` (`echo-<name>` unless given), `fromBeginning` (false: a new group ' +
        'begins with what comes from then on), `templatePath`. See pubsub.md.',
    },
  ),
};
