import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Clock } from '../../platform/clock/index.js';
import { Deferred } from '../../platform/lifecycle/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { aborted } from '../aborted.js';
import type { ArtifactSource, PubsubMessage, Reception, Subscription } from '../pubsub-system.js';
import { UnderWay } from '../under-way.js';
import type { RabbitmqSubscriptionOptions } from './rabbitmq.config.js';
import { rabbitmqConnection } from './rabbitmq-connection.js';

/** RabbitMQ's own limit for an acknowledgement, and no limit for repeats. */
const ACK_DEADLINE_SECONDS = 1800;
const RETENTION_SECONDS = 604_800;
/** RabbitMQ delivers again at once what is given back. */
const BEFORE_GIVING_BACK_MS = 1000;

/** Receives from one queue, which several instances share. */
export class RabbitmqSubscription implements Subscription {
  readonly name: string;
  readonly ackDeadlineSeconds = ACK_DEADLINE_SECONDS;
  readonly retentionDeadlineSeconds = RETENTION_SECONDS;

  constructor(
    private readonly options: RabbitmqSubscriptionOptions,
    private readonly settings: Settings,
    private readonly clock: Clock,
    readonly artifacts: ArtifactSource | undefined,
  ) {
    this.name = options.name;
  }

  async receive(reception: Reception): Promise<void> {
    const connection = await rabbitmqConnection(this.settings);
    const lost = lossOf(connection);
    const underWay = new UnderWay();
    try {
      await Promise.race([lost, this.follow(connection, reception, underWay)]);
    } finally {
      await underWay.end();
      // A connection that is lost already cannot be closed.
      await connection.close().catch(() => undefined);
    }
  }

  private async follow(connection: ChannelModel, reception: Reception, underWay: UnderWay): Promise<void> {
    const channel = await connection.createChannel();
    const broken = new Promise<never>((_resolve, reject) => channel.on('error', reject));
    await Promise.race([broken, this.consume(channel, reception, underWay)]);
  }

  private async consume(channel: Channel, reception: Reception, underWay: UnderWay): Promise<void> {
    await this.prepare(channel);
    const queueGone = new Deferred<void>();
    const { consumerTag } = await channel.consume(this.options.queue, (message) => {
      // The broker says by null that the queue is gone.
      if (message) underWay.add(this.settle(channel, message, reception));
      else queueGone.resolve();
    });
    reception.connected();
    await Promise.race([queueGone.promise, aborted(reception.signal)]);
    await channel.cancel(consumerTag);
    await underWay.end();
    await channel.close();
  }

  private async prepare(channel: Channel): Promise<void> {
    const { queue, exchange, routingKeys, queueArguments, prefetch } = this.options;
    await channel.prefetch(prefetch);
    if (exchange === undefined) {
      await channel.checkQueue(queue);
      return;
    }
    await channel.assertQueue(queue, { durable: true, arguments: queueArguments });
    for (const key of routingKeys) await channel.bindQueue(queue, exchange, key);
  }

  private async settle(channel: Channel, message: ConsumeMessage, { signal, take }: Reception): Promise<void> {
    const settlement = await take(messageIn(message));
    if (settlement.kind === 'taken') return channel.ack(message);
    await this.clock.sleep(BEFORE_GIVING_BACK_MS, signal).catch(() => undefined);
    channel.nack(message);
  }
}

/** Rejects when the connection breaks; never resolves. */
function lossOf(connection: ChannelModel): Promise<never> {
  const lost = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    connection.on('close', (error?: Error) => reject(error ?? new Error('the broker closed the connection')));
  });
  // An end that was asked for is a loss to nobody.
  lost.catch(() => undefined);
  return lost;
}

/** Without a message id, which publishers have to give, a repeat is not recognised. */
function messageIn({ content, properties, fields }: ConsumeMessage): PubsubMessage {
  const id = properties.messageId as unknown;
  const headers = Object.entries((properties.headers ?? {}) as Record<string, unknown>);
  const texts = headers.flatMap(([name, value]) => (isPlain(value) ? [[name, String(value)]] : []));
  return {
    ...(typeof id === 'string' && id !== '' && { id }),
    payload: content.toString(),
    attributes: { routingKey: fields.routingKey, ...(Object.fromEntries(texts) as Record<string, string>) },
  };
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
