import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  type GrpcObject,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type handleUnaryCall,
  type sendUnaryData,
  loadPackageDefinition,
  status,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { repository } from '../packaging/checkout.js';

const modules = path.join(repository, 'node_modules');

/** The services as the official client's own protocol files describe them. */
function services(): Record<'Publisher' | 'Subscriber', ServiceClientConstructor> {
  const includeDirs = ['@google-cloud/pubsub/build/protos', 'google-gax/build/protos'].map((dir) =>
    path.join(modules, dir),
  );
  const definition = loadSync('google/pubsub/v1/pubsub.proto', { includeDirs, keepCase: false, longs: String });
  const google = loadPackageDefinition(definition)['google'] as GrpcObject;
  return (google['pubsub'] as GrpcObject)['v1'] as never;
}

interface Message {
  readonly data: Buffer;
  readonly attributes: Record<string, string>;
  readonly messageId: string;
  /** Set while somebody has it and has neither acknowledged it nor given it back. */
  ackId?: string | undefined;
  deliveries: number;
}

interface PullRequest {
  readonly subscription?: string;
}
type Stream = ServerDuplexStream<PullRequest, unknown>;

export interface Published {
  readonly topic: string;
  readonly data: string;
  readonly attributes: Record<string, string>;
}

interface PublishRequest {
  readonly topic: string;
  readonly messages: readonly { readonly data: Buffer; readonly attributes: Record<string, string> }[];
}

/**
 * Google Pub/Sub on 127.0.0.1: streaming pull, acknowledgements, deadlines and publishing, over gRPC. A message that was
 * given back comes again at once; one that is only held comes again after `expireDeadlines`.
 */
export class FakeGoogle {
  readonly published: Published[] = [];
  /** How many requests each call of `publish` had, in messages. */
  readonly batches: number[] = [];
  /** Codes with which the next calls of `publish` fail. */
  readonly publishFaults: number[] = [];
  private lastSent: Message | undefined;
  private readonly subscriptions = new Map<string, Message[]>();
  private readonly streams = new Map<Stream, string>();
  private server = new Server();
  port = 0;

  private constructor(private readonly credentials: ServerCredentials) {}

  static async start(credentials = ServerCredentials.createInsecure()): Promise<FakeGoogle> {
    const fake = new FakeGoogle(credentials);
    await fake.listen(0);
    return fake;
  }

  get endpoint(): string {
    return `127.0.0.1:${this.port}`;
  }

  createSubscription(project: string, name: string): void {
    this.subscriptions.set(`projects/${project}/subscriptions/${name}`, []);
  }

  send(subscription: string, payload: string, attributes: Readonly<Record<string, string>> = {}): string {
    const messageId = randomUUID();
    this.lastSent = { data: Buffer.from(payload), attributes: { ...attributes }, messageId, deliveries: 0 };
    this.messagesOf(subscription).push(this.lastSent);
    this.deliver();
    return messageId;
  }

  /** The last message once more, as if its acknowledgement had been lost. */
  repeat(subscription: string): void {
    if (this.lastSent) this.messagesOf(subscription).push({ ...this.lastSent, ackId: undefined });
    this.deliver();
  }

  /** How many messages are not acknowledged. */
  unacknowledged(subscription: string): number {
    return this.messagesOf(subscription).length;
  }

  expireDeadlines(): void {
    for (const messages of this.subscriptions.values()) for (const message of messages) delete message.ackId;
    this.deliver();
  }

  /** How many streams are open on a subscription. */
  receivers(subscription: string): number {
    return [...this.streams.values()].filter((name) => name === fullName(subscription)).length;
  }

  /** Ends all connections at once and listens again on the same port. */
  async restart(): Promise<void> {
    await this.close();
    this.server = new Server();
    this.expireDeadlines();
    await this.listen(this.port);
  }

  close(): Promise<void> {
    this.server.forceShutdown();
    this.streams.clear();
    return Promise.resolve();
  }

  private async listen(port: number): Promise<void> {
    const { Publisher, Subscriber } = services();
    const unary =
      <T>(answer: (request: T) => unknown): handleUnaryCall<T, unknown> =>
      (call: ServerUnaryCall<T, unknown>, callback: sendUnaryData<unknown>) => {
        try {
          callback(null, answer(call.request));
        } catch (error) {
          callback(error as { code: number });
        }
      };
    this.server.addService(Subscriber.service, {
      streamingPull: (stream: Stream) => this.open(stream),
      acknowledge: unary((request: { subscription: string; ackIds: string[] }) => this.acknowledge(request)),
      modifyAckDeadline: unary((request: { subscription: string; ackIds: string[]; ackDeadlineSeconds: number }) =>
        this.modifyDeadline(request),
      ),
    });
    this.server.addService(Publisher.service, { publish: unary((request: PublishRequest) => this.publish(request)) });
    this.port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync(`127.0.0.1:${port}`, this.credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
  }

  private messagesOf(subscription: string): Message[] {
    const messages = this.subscriptions.get(fullName(subscription));
    if (messages) return messages;
    throw Object.assign(new Error(`Resource not found (resource=${subscription}).`), {
      code: status.NOT_FOUND,
      details: `Resource not found (resource=${subscription}).`,
    });
  }

  private open(stream: Stream): void {
    stream.on('data', ({ subscription }: PullRequest) => {
      if (!subscription) return;
      try {
        this.messagesOf(subscription);
      } catch (error) {
        stream.emit('error', error);
        return;
      }
      this.streams.set(stream, subscription);
      this.deliver();
    });
    const gone = (): void => void this.streams.delete(stream);
    stream.on('cancelled', gone);
    stream.on('end', () => {
      gone();
      stream.end();
    });
    stream.on('error', gone);
  }

  private deliver(): void {
    for (const [stream, subscription] of this.streams) {
      const ready = this.messagesOf(subscription).filter(({ ackId }) => ackId === undefined);
      if (ready.length === 0) continue;
      const receivedMessages = ready.map((message) => {
        message.ackId = randomUUID();
        message.deliveries++;
        const { data, attributes, messageId, ackId } = message;
        return { ackId, message: { data, attributes, messageId, publishTime: { seconds: 1, nanos: 0 } } };
      });
      stream.write({ receivedMessages });
    }
  }

  private acknowledge({ subscription, ackIds }: { subscription: string; ackIds: string[] }): object {
    const acknowledged = new Set(ackIds);
    const left = this.messagesOf(subscription).filter(({ ackId }) => ackId === undefined || !acknowledged.has(ackId));
    this.subscriptions.set(subscription, left);
    return {};
  }

  private modifyDeadline(request: { subscription: string; ackIds: string[]; ackDeadlineSeconds: number }): object {
    if (request.ackDeadlineSeconds > 0) return {};
    const givenBack = new Set(request.ackIds);
    for (const message of this.messagesOf(request.subscription)) {
      if (givenBack.has(message.ackId ?? '')) delete message.ackId;
    }
    setImmediate(() => this.deliver());
    return {};
  }

  private publish({ topic, messages }: PublishRequest): object {
    const code = this.publishFaults.shift();
    if (code !== undefined) throw Object.assign(new Error('publishing fails'), { code, details: 'publishing fails' });
    this.batches.push(messages.length);
    this.published.push(...messages.map(({ data, attributes }) => ({ topic, data: data.toString(), attributes })));
    return { messageIds: messages.map(() => randomUUID()) };
  }
}

const fullName = (name: string): string => (name.includes('/') ? name : `projects/proj/subscriptions/${name}`);
