import { Logger } from '@nestjs/common';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { messageOf } from '../../platform/errors/index.js';
import type { LibraryTransport } from '../../platform/http/index.js';
import type { ArtifactSource, Reception, Subscription } from '../pubsub-system.js';
import type { AmazonSubscriptionOptions } from './amazon.config.js';
import { type AmazonClients, openQueue, queueOf } from './queue.js';
import { messageIn } from './sqs-message.js';

/** What a subscription counts. */
export interface SqsCounts {
  acknowledged(): void;
  nacked(): void;
  failed(error: unknown): void;
}

export interface SqsSurroundings {
  readonly endpoint: string | undefined;
  readonly transport: LibraryTransport;
  readonly artifacts: ArtifactSource | undefined;
  readonly counts: SqsCounts;
}

const ACK_DEADLINE_SECONDS = 60;
const MESSAGES_AT_ONCE = 10;
const ANSWER_WITHIN_MS = 20_000;

/** Polls one queue. */
export class SqsSubscription implements Subscription {
  readonly name: string;
  readonly ackDeadlineSeconds = ACK_DEADLINE_SECONDS;
  readonly retentionDeadlineSeconds: number;
  readonly artifacts: ArtifactSource | undefined;
  private readonly log = new Logger('Pubsub');

  constructor(
    private readonly options: AmazonSubscriptionOptions,
    private readonly surroundings: SqsSurroundings,
  ) {
    this.name = options.name;
    this.retentionDeadlineSeconds = options.dedupeRetentionSeconds;
    this.artifacts = surroundings.artifacts;
  }

  async receive(reception: Reception): Promise<void> {
    const clients = await this.connect();
    try {
      const queueUrl = await openQueue(clients, this.options, reception.signal);
      reception.connected();
      while (!reception.signal.aborted) await this.poll(clients.sqs, queueUrl, reception);
    } finally {
      clients.sqs.destroy();
      clients.sns.destroy();
    }
  }

  private async connect(): Promise<AmazonClients> {
    const [{ SQSClient }, { SNSClient }] = await Promise.all([
      import('@aws-sdk/client-sqs'),
      import('@aws-sdk/client-sns'),
    ]);
    const { endpoint, transport } = this.surroundings;
    const place = { region: queueOf(this.options).region, ...(endpoint !== undefined && { endpoint }) };
    const deadlineMs = ANSWER_WITHIN_MS + this.options.waitTimeSeconds * 1000;
    return {
      sqs: new SQSClient({ ...place, requestHandler: transport.amazonHandler(deadlineMs) }),
      sns: new SNSClient({ ...place, requestHandler: transport.amazonHandler(deadlineMs) }),
    };
  }

  private async poll(sqs: SQSClient, queueUrl: string, { signal, take }: Reception): Promise<void> {
    const { ReceiveMessageCommand } = await import('@aws-sdk/client-sqs');
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: MESSAGES_AT_ONCE,
      VisibilityTimeout: this.options.visibilityTimeout,
      WaitTimeSeconds: this.options.waitTimeSeconds,
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await sqs.send(command, { abortSignal: signal });
    await Promise.all(Messages.map((message) => this.settle(sqs, queueUrl, message, take)));
  }

  private async settle(sqs: SQSClient, queueUrl: string, message: Message, take: Reception['take']): Promise<void> {
    const settlement = await take(messageIn(message, this.options));
    // What is not deleted comes again when its visibility timeout has passed.
    if (settlement.kind === 'refused') return this.surroundings.counts.nacked();
    const { DeleteMessageCommand } = await import('@aws-sdk/client-sqs');
    try {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }));
      this.surroundings.counts.acknowledged();
    } catch (error) {
      this.surroundings.counts.failed(error);
      this.log.warn(`A message of '${this.name}' was not deleted and will come again: ${messageOf(error)}`);
    }
  }
}
