import { z } from 'zod';
import { member, setting } from '../../platform/settings/index.js';
import { option } from '../options.js';
import { parseArn } from './arn.js';

const arn = member.text.refine((text) => parseArn(text) !== undefined, {
  message: 'an ARN such as arn:aws:sqs:us-east-1:123456789012:queue',
});

/** Names and defaults are the original's, but for the last member (edges.md §1.3, newer.md §10). */
const subscription = z.object({
  name: option.name,
  topicARN: arn,
  queueARN: arn,
  templatePath: option.path,
  messageFormat: option.word(['S3', 'CUSTOM', 'NONE']).optional(),
  alternateIdInMessageAttributes: option.path,
  visibilityTimeout: member.count.default(30),
  sqsMessageRetentionPeriodSeconds: member.count.default(120),
  waitTimeSeconds: member.count.default(5),
  dedupeRetentionSeconds: member.count.default(3600),
  skipQueueBootstrap: member.flag.default(false),
  attributeFormat: option.word(['SDK', 'PLAIN']).default('SDK'),
});

const publisher = z.object({
  name: option.name,
  topicARN: arn.refine((text) => !text.endsWith('.fifo'), { message: 'the ARN of a standard topic, not a FIFO one' }),
  content: option.word(['ALL', 'NOTIFICATIONS']).default('ALL'),
});

export type AmazonPublisherOptions = z.output<typeof publisher>;
export type AmazonSubscriptionOptions = z.output<typeof subscription>;

export const amazonConfig = {
  enabled: setting.flag('pubsub.amazon.enabled', {
    default: false,
    description: 'Receives messages of Amazon SQS and publishes to SNS, with pubsub.enabled.',
  }),
  processing: setting.flag('pubsub.amazon.processing.enabled', {
    default: true,
    dynamic: true,
    description: 'Off: messages stay in the queues until it is on again.',
  }),
  subscriptions: setting.shape(
    'pubsub.amazon.subscriptions',
    'list of subscriptions, each with name, topicARN and queueARN',
    z.array(subscription),
    {
      default: [],
      description:
        'Queues to receive from. As in the original: `name`, `topicARN`, `queueARN`, `templatePath`, `messageFormat` ' +
        '(S3, CUSTOM, NONE), `alternateIdInMessageAttributes`, `visibilityTimeout` (30 s), `waitTimeSeconds` (5), ' +
        '`sqsMessageRetentionPeriodSeconds` (120), `dedupeRetentionSeconds` (3600), `skipQueueBootstrap`. ' +
        'Besides: `attributeFormat` (SDK, or PLAIN for the bare values). See pubsub.md.',
    },
  ),
  publishers: setting.shape(
    'pubsub.amazon.publishers',
    'list of publishers, each with name and topicARN',
    z.array(publisher),
    {
      default: [],
      description:
        'Topics of SNS to publish to: `name`, `topicARN`, `content` (ALL events, or NOTIFICATIONS). See pubsub.md.',
    },
  ),
  endpoint: setting.url('pubsub.amazon.endpoint', {
    description: 'Where SQS and SNS are, for endpoints of your own and emulators; else the public ones of the region.',
  }),
};
