import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AmazonSubscriptionOptions } from './amazon.config.js';
import { type Arn, parseArn } from './arn.js';

/** The official clients, which are loaded only where a queue is configured. */
export interface AmazonClients {
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
}

/** The ARN of a subscription's queue, which the configuration has checked. */
export const queueOf = ({ queueARN }: AmazonSubscriptionOptions): Arn =>
  parseArn(queueARN) ?? { region: '', account: '', name: queueARN };

/** Lets the topic, and nobody else, send into the queue. */
const policyFor = ({ queueARN, topicARN }: AmazonSubscriptionOptions): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: 'allow-sns-send',
    Statement: [
      {
        Sid: '1',
        Effect: 'Allow',
        Principal: '*',
        Action: ['sqs:SendMessage'],
        Resource: [queueARN],
        Condition: { ArnEquals: { 'aws:SourceArn': [topicARN] } },
      },
    ],
  });

/**
 * The address of a subscription's queue. Unless the operator looks after the queue, it is made where it is missing, its
 * policy and retention are set, and it is subscribed to the topic (edges.md §5.4, newer.md §10).
 */
export async function openQueue(
  { sqs, sns }: AmazonClients,
  options: AmazonSubscriptionOptions,
  signal: AbortSignal,
): Promise<string> {
  const found = await lookUp(sqs, options, signal);
  if (options.skipQueueBootstrap) {
    if (found === undefined) throw new Error(`there is no queue ${options.queueARN}`);
    return found;
  }
  const { CreateQueueCommand, SetQueueAttributesCommand } = await import('@aws-sdk/client-sqs');
  const create = new CreateQueueCommand({ QueueName: queueOf(options).name });
  const QueueUrl = found ?? (await sqs.send(create, { abortSignal: signal })).QueueUrl ?? '';
  const MessageRetentionPeriod = String(options.sqsMessageRetentionPeriodSeconds);
  const Attributes = { Policy: policyFor(options), MessageRetentionPeriod };
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }), { abortSignal: signal });
  const { SubscribeCommand } = await import('@aws-sdk/client-sns');
  const subscribe = new SubscribeCommand({ TopicArn: options.topicARN, Protocol: 'sqs', Endpoint: options.queueARN });
  await sns.send(subscribe, { abortSignal: signal });
  return QueueUrl;
}

async function lookUp(
  sqs: SQSClient,
  options: AmazonSubscriptionOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { GetQueueUrlCommand, QueueDoesNotExist } = await import('@aws-sdk/client-sqs');
  const { name, account } = queueOf(options);
  const question = new GetQueueUrlCommand({ QueueName: name, ...(account && { QueueOwnerAWSAccountId: account }) });
  try {
    return (await sqs.send(question, { abortSignal: signal })).QueueUrl;
  } catch (error) {
    if (error instanceof QueueDoesNotExist) return undefined;
    throw error;
  }
}
