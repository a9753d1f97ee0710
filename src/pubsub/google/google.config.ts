import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';
import { option } from '../options.js';

const positive = member.count.refine((count) => count >= 1, { message: 'a whole number ≥ 1' });

/** Names and defaults are the original's (edges.md §1.3). */
const subscription = z.object({
  name: option.name,
  project: option.name,
  subscriptionName: option.name,
  ackDeadlineSeconds: member.count.default(10),
  jsonPath: option.path,
  templatePath: option.path,
  messageFormat: option.word(['CUSTOM', 'GCS', 'GCR', 'GCB']).default('CUSTOM'),
});

const publisher = z.object({
  name: option.name,
  topicName: option.name,
  project: option.name,
  jsonPath: option.path,
  content: option.word(['ALL', 'NOTIFICATIONS']).default('ALL'),
  batchCountThreshold: positive.default(10),
  delayMillisecondsThreshold: positive.default(1000),
});

const account = z.object({
  name: option.name,
  project: option.name,
  subscriptionName: option.name,
  jsonKey: option.path,
});

export type GoogleSubscriptionOptions = z.output<typeof subscription>;
export type GooglePublisherOptions = z.output<typeof publisher>;
export type CloudBuildAccount = z.output<typeof account>;

export const googleConfig = {
  enabled: setting.flag('pubsub.google.enabled', {
    default: false,
    description: 'Receives messages of Google Pub/Sub and publishes to it, with pubsub.enabled.',
  }),
  processing: setting.flag('pubsub.google.processing.enabled', {
    default: true,
    dynamic: true,
    description: 'Off: messages stay in the subscriptions until it is on again.',
  }),
  subscriptions: setting.shape(
    'pubsub.google.subscriptions',
    'list of subscriptions, each with name, project and subscriptionName',
    z.array(subscription),
    {
      default: [],
      description:
        'Subscriptions to receive from, as in the original: `name`, `project`, `subscriptionName`, `ackDeadlineSeconds` (10), ' +
        '`jsonPath` (key of a service account), `templatePath`, `messageFormat` (CUSTOM, GCS, GCR, GCB). See pubsub.md.',
    },
  ),
  publishers: setting.shape(
    'pubsub.google.publishers',
    'list of publishers, each with name, project and topicName',
    z.array(publisher),
    {
      default: [],
      description:
        'Topics to publish to, as in the original: `name`, `project`, `topicName`, `jsonPath`, `content` (ALL events, or ' +
        'NOTIFICATIONS), `batchCountThreshold` (10), `delayMillisecondsThreshold` (1000). See pubsub.md.',
    },
  ),
  endpoint: setting.text('pubsub.google.endpoint', {
    description:
      'Where Pub/Sub is, host:port or URL, for endpoints of your own and emulators; other hosts than googleapis.com are called without TLS and credentials unless it starts with https://.',
  }),
};

export const cloudBuildConfig = {
  enabled: setting.flag('gcb.enabled', {
    default: false,
    description: 'Follows Google Cloud Build; needs pubsub.google.enabled and igor.',
  }),
  accounts: setting.shape(
    'gcb.accounts',
    'list of accounts, each with name, project and subscriptionName',
    z.array(account),
    {
      default: [],
      description: "Cloud Build's subscriptions: `name`, `project`, `subscriptionName`, `jsonKey` (file with the key).",
    },
  ),
};
