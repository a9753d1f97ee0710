import type { Consumer, Kafka } from 'kafkajs';

/** The place in one partition. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** How the client says that a group has no place in a partition yet. */
const NONE = '-1';

/**
 * Writes down where a new group begins: at the end of its partitions, as it is now. Without a place of its own the group
 * would begin at the end at each start, and miss what came while Echo was down.
 *
 * @param partitions those that this instance was given
 */
export async function beginAtEnd(
  kafka: Kafka,
  consumer: Consumer,
  groupId: string,
  topic: string,
  partitions: readonly number[],
): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    const [known] = await admin.fetchOffsets({ groupId, topics: [topic] });
    const unplaced = new Set(known?.partitions.filter(({ offset }) => offset === NONE).map((one) => one.partition));
    const places = ends
      .filter(({ partition }) => partitions.includes(partition) && unplaced.has(partition))
      .map(({ partition, high }): Place => ({ topic, partition, offset: high }));
    if (places.length === 0) return;
    await consumer.commitOffsets(places.map((place) => ({ ...place })));
    for (const place of places) consumer.seek(place);
  } finally {
    await admin.disconnect();
  }
}
