import type { PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import type { Publication } from '../../events/index.js';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import type { LibraryTransport } from '../../platform/http/index.js';
import type { Publisher } from '../pubsub-system.js';
import type { AmazonPublisherOptions } from './amazon.config.js';
import { parseArn } from './arn.js';

/** What SNS calls what cannot succeed later: a message that is too long, a topic that does not exist. */
const FINAL = ['InvalidParameterException', 'InvalidParameterValueException', 'NotFoundException'];

/** Names of attributes that SNS takes. */
const NAME = /^(?!aws\.|amazon\.)[\w.-]{1,256}$/i;

const ANSWER_WITHIN_MS = 20_000;

/** Publishes to one topic. */
export class SnsPublisher implements Publisher {
  readonly name: string;
  readonly topicName: string;
  readonly content: Publisher['content'];
  private client: SNSClient | undefined;

  constructor(
    private readonly options: AmazonPublisherOptions,
    private readonly endpoint: string | undefined,
    private readonly transport: LibraryTransport,
  ) {
    this.name = options.name;
    this.topicName = parseArn(options.topicARN)?.name ?? options.topicARN;
    this.content = options.content;
  }

  async publish({ data, attributes }: Publication): Promise<void> {
    const sns = await import('@aws-sdk/client-sns');
    const client = (this.client ??= this.connect(sns));
    try {
      const MessageAttributes = attributesOf(attributes);
      await client.send(new sns.PublishCommand({ TopicArn: this.options.topicARN, Message: data, MessageAttributes }));
    } catch (error) {
      const isFinal = error instanceof Error && FINAL.includes(error.name);
      throw new EchoError(messageOf(error), { code: 'unpublished', retryable: !isFinal, cause: error });
    }
  }

  close(): Promise<void> {
    this.client?.destroy();
    return Promise.resolve();
  }

  private connect({ SNSClient }: typeof import('@aws-sdk/client-sns')): SNSClient {
    const region = parseArn(this.options.topicARN)?.region ?? '';
    return new SNSClient({
      region,
      ...(this.endpoint !== undefined && { endpoint: this.endpoint }),
      requestHandler: this.transport.amazonHandler(ANSWER_WITHIN_MS),
    });
  }
}

/** Events' own attributes may be such that SNS would refuse the message for them: without a text, or by their name. */
function attributesOf(attributes: Publication['attributes']): PublishCommandInput['MessageAttributes'] {
  const taken = Object.entries(attributes).filter(([name, text]) => text !== '' && NAME.test(name));
  return Object.fromEntries(taken.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
}
