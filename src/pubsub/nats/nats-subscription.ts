import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Settings } from '../../platform/settings/index.js';
import type { ArtifactSource, PubsubMessage, Reception, Subscription } from '../pubsub-system.js';
import { UnderWay } from '../under-way.js';
import type { NatsSubscriptionOptions } from './nats.config.js';
import { natsConnection } from './nats-connection.js';

const RETENTION_SECONDS = 604_800;
const NANOS = 1_000_000_000;
const AT_ONCE = 100;
const BEFORE_COMING_AGAIN_MS = 1000;

/** Receives from a stream through a durable consumer, which several instances share. */
export class NatsSubscription implements Subscription {
  readonly name: string;
  readonly ackDeadlineSeconds: number;
  readonly retentionDeadlineSeconds = RETENTION_SECONDS;

  constructor(
    private readonly options: NatsSubscriptionOptions,
    private readonly settings: Settings,
    readonly artifacts: ArtifactSource | undefined,
  ) {
    this.name = options.name;
    this.ackDeadlineSeconds = options.ackWaitSeconds;
  }

  async receive(reception: Reception): Promise<void> {
    const connection = await natsConnection(this.settings);
    const underWay = new UnderWay();
    try {
      const consumer = await this.consumerOn(connection);
      const messages = await consumer.consume({ max_messages: AT_ONCE, abort_on_missing_resource: true });
      reception.connected();
      await this.follow(messages, reception, underWay);
    } finally {
      await underWay.end();
      // Sends what was acknowledged before it closes; a connection that is lost already has nothing to send.
      await (connection.isClosed() ? undefined : connection.drain());
    }
  }

  private async follow(messages: ConsumerMessages, reception: Reception, underWay: UnderWay): Promise<void> {
    const stop = (): void => void messages.close();
    reception.signal.addEventListener('abort', stop, { once: true });
    if (reception.signal.aborted) stop();
    for await (const message of messages) {
      if (reception.signal.aborted) message.nak();
      else underWay.add(this.settle(message, reception));
    }
  }

  /** The consumer keeps the place in the stream: a new one begins with what comes from now on. */
  private async consumerOn(connection: NatsConnection): Promise<Consumer> {
    const { AckPolicy, DeliverPolicy, JetStreamApiError, jetstream, jetstreamManager } =
      await import('@nats-io/jetstream');
    const { stream, subject, ackWaitSeconds, consumer = defaultConsumer(this.name) } = this.options;
    const manager = await jetstreamManager(connection);
    const isKnown = await manager.consumers.info(stream, consumer).then(
      () => true,
      (error: unknown) => {
        if (error instanceof JetStreamApiError && error.status === 404 && error.code !== STREAM_NOT_FOUND) return false;
        throw error;
      },
    );
    if (!isKnown) {
      await manager.consumers.add(stream, {
        durable_name: consumer,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.New,
        ack_wait: ackWaitSeconds * NANOS,
        ...(subject !== undefined && { filter_subject: subject }),
      });
    }
    return jetstream(connection).consumers.get(stream, consumer);
  }

  private async settle(message: JsMsg, { take }: Reception): Promise<void> {
    const settlement = await take(messageIn(message));
    if (settlement.kind === 'taken') message.ack();
    else message.nak(BEFORE_COMING_AGAIN_MS);
  }
}

/** NATS allows but few characters in the name of a consumer. */
const defaultConsumer = (name: string): string => `echo-${name.replaceAll(/[^\w-]/g, '_')}`;

/** The API's own number for a stream that does not exist, where a missing consumer has another. */
const STREAM_NOT_FOUND = 10_059;

function messageIn(message: JsMsg): PubsubMessage {
  const { headers, info } = message;
  const names = headers?.keys() ?? [];
  return {
    id: `${info.stream}/${info.streamSequence}`,
    payload: message.string(),
    attributes: Object.fromEntries(names.map((name) => [name, headers?.get(name) ?? ''])),
  };
}
