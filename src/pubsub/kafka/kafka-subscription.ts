import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Clock } from '../../platform/clock/index.js';
import type { Settings } from '../../platform/settings/index.js';
import { aborted } from '../aborted.js';
import type { ArtifactSource, PubsubMessage, Reception, Subscription } from '../pubsub-system.js';
import type { KafkaSubscriptionOptions } from './kafka.config.js';
import { kafkaClient } from './kafka-client.js';
import { beginAtEnd } from './kafka-start.js';

/** How long the group waits for a member that works on messages, and how long topics keep them by default. */
const ACK_DEADLINE_SECONDS = 60;
const RETENTION_SECONDS = 604_800;
const AT_ONCE = 50;
/** An end has to wait for the fetch that is under way. */
const FETCH_WITHIN_MS = 500;
const RETRIES = 3;
const BEFORE_TRYING_AGAIN_MS = 1000;

/** Receives from a topic as a member of a consumer group, whose members share its partitions. */
export class KafkaSubscription implements Subscription {
  readonly name: string;
  readonly ackDeadlineSeconds = ACK_DEADLINE_SECONDS;
  readonly retentionDeadlineSeconds = RETENTION_SECONDS;
  private readonly groupId: string;

  constructor(
    private readonly options: KafkaSubscriptionOptions,
    private readonly settings: Settings,
    private readonly clock: Clock,
    readonly artifacts: ArtifactSource | undefined,
  ) {
    this.name = options.name;
    this.groupId = options.groupId ?? `echo-${options.name}`;
  }

  async receive(reception: Reception): Promise<void> {
    const kafka = await kafkaClient(this.settings);
    const consumer = kafka.consumer({
      groupId: this.groupId,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: FETCH_WITHIN_MS,
      // The receiver starts it again.
      retry: { retries: RETRIES, restartOnFailure: () => Promise.resolve(false) },
    });
    const failure = this.failureOf(kafka, consumer, reception);
    try {
      await Promise.race([failure, this.run(consumer, reception), aborted(reception.signal)]);
    } finally {
      // Waits for the messages under way and leaves the group.
      await consumer.disconnect();
    }
  }

  /** Rejects when the consumer fails; calls the reception connected when the group has given it its partitions. */
  private failureOf(kafka: Kafka, consumer: Consumer, reception: Reception): Promise<never> {
    const { fromBeginning, topic } = this.options;
    const failure = new Promise<never>((_resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
        const partitions = payload.memberAssignment[topic] ?? [];
        const begin = fromBeginning ? Promise.resolve() : beginAtEnd(kafka, consumer, this.groupId, topic, partitions);
        begin.then(() => reception.connected(), reject);
      });
    });
    failure.catch(() => undefined);
    return failure;
  }

  /** Resolves never: the consumer goes on until it is disconnected. */
  private async run(consumer: Consumer, reception: Reception): Promise<never> {
    await consumer.connect();
    await consumer.subscribe({ topics: [this.options.topic], fromBeginning: this.options.fromBeginning });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (batch) => this.takeBatch(batch, consumer, reception),
    });
    return new Promise<never>(() => undefined);
  }

  /** Takes the messages of a partition in their order, some at once, up to the first that Echo cannot take now. */
  private async takeBatch(given: EachBatchPayload, consumer: Consumer, { signal, take }: Reception): Promise<void> {
    const { batch, heartbeat, isRunning, isStale, resolveOffset } = given;
    for (let from = 0; from < batch.messages.length; from += AT_ONCE) {
      if (!isRunning() || isStale() || signal.aborted) return;
      const messages = batch.messages.slice(from, from + AT_ONCE);
      const settlements = await Promise.all(messages.map((message) => take(messageIn(given, message))));
      const refused = settlements.findIndex(({ kind }) => kind === 'refused');
      const last = messages.at(refused === -1 ? -1 : refused - 1);
      if (last && refused !== 0) {
        resolveOffset(last.offset);
        await this.commit(consumer, batch.partition, last.offset);
      }
      // What is not resolved is fetched again.
      if (refused !== -1) return this.clock.sleep(BEFORE_TRYING_AGAIN_MS, signal).catch(() => undefined);
      await heartbeat();
    }
  }

  private commit(consumer: Consumer, partition: number, offset: string): Promise<void> {
    return consumer.commitOffsets([{ topic: this.options.topic, partition, offset: String(BigInt(offset) + 1n) }]);
  }
}

/** A message is known by its place; its key is an attribute beside its headers. */
function messageIn({ batch }: EachBatchPayload, { offset, key, value, headers = {} }: KafkaMessage): PubsubMessage {
  const texts = Object.entries(headers).map(([name, text]) => [name, String(Array.isArray(text) ? text[0] : text)]);
  return {
    id: `${batch.topic}/${batch.partition}/${offset}`,
    payload: value?.toString() ?? '',
    attributes: { ...(key && { key: key.toString() }), ...(Object.fromEntries(texts) as Record<string, string>) },
  };
}
