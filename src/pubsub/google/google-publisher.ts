import type { PubSub, Topic } from '@google-cloud/pubsub';
import { EchoError, messageOf } from '../../platform/errors/index.js';
import type { Publication } from '../../events/index.js';
import type { Publisher } from '../pubsub-system.js';
import type { GooglePublisherOptions } from './google.config.js';
import { type GoogleWay, googleClient } from './google-client.js';

/** gRPC's codes for what cannot succeed later: an invalid message, a topic that does not exist. */
const FINAL: readonly unknown[] = [3, 5];

interface Connection {
  readonly client: PubSub;
  readonly topic: Topic;
}

/** Publishes to one topic. */
export class GooglePublisher implements Publisher {
  readonly name: string;
  readonly topicName: string;
  readonly content: Publisher['content'];
  private connection: Promise<Connection> | undefined;

  constructor(
    private readonly options: GooglePublisherOptions,
    private readonly way: GoogleWay,
  ) {
    this.name = options.name;
    this.topicName = options.topicName;
    this.content = options.content;
  }

  async publish({ data, attributes }: Publication): Promise<void> {
    const { topic } = await this.connected();
    try {
      await topic.publishMessage({ data: Buffer.from(data), attributes: { ...attributes } });
    } catch (error) {
      const isFinal = FINAL.includes((error as { code?: unknown }).code);
      throw new EchoError(messageOf(error), { code: 'unpublished', retryable: !isFinal, cause: error });
    }
  }

  async close(): Promise<void> {
    const { client } = (await this.connection) ?? {};
    await client?.close();
  }

  /** A connection that could not be made is tried anew by the next publication. */
  private connected(): Promise<Connection> {
    this.connection ??= this.connect().catch((error: unknown) => {
      this.connection = undefined;
      throw error;
    });
    return this.connection;
  }

  private async connect(): Promise<Connection> {
    const { project, jsonPath, topicName, batchCountThreshold, delayMillisecondsThreshold } = this.options;
    const client = await googleClient({ project, keyFile: jsonPath, ...this.way });
    const topic = client.topic(`projects/${project}/topics/${topicName}`, {
      batching: { maxMessages: batchCountThreshold, maxMilliseconds: delayMillisecondsThreshold },
    });
    return { client, topic };
  }
}
