import type { Message, Subscription as Stream } from '@google-cloud/pubsub';
import type { Clock } from '../../platform/clock/index.js';
import { aborted } from '../aborted.js';
import type { ArtifactSource, Reception, Subscription } from '../pubsub-system.js';
import { type GoogleAccess, googleClient } from './google-client.js';

/** A subscription of Google's, however it came into the configuration. */
export interface GoogleSource extends GoogleAccess {
  readonly name: string;
  readonly subscriptionName: string;
  readonly ackDeadlineSeconds: number;
  readonly artifacts?: ArtifactSource | undefined;
  readonly alsoAs?: readonly string[];
}

/** The original keeps a message to itself for so many deadlines, and says so in its events. */
const DEADLINES = 5;
const WEEK_SECONDS = 604_800;
/** The library does not say when its stream stands; a refusal of Google's comes within this time. */
const STANDS_AFTER_MS = 500;
/** Google delivers again at once what is given back. */
const BEFORE_GIVING_BACK_MS = 1000;

/** Receives from one subscription by streaming pull. */
export class GoogleSubscription implements Subscription {
  readonly name: string;
  readonly ackDeadlineSeconds: number;
  readonly retentionDeadlineSeconds = WEEK_SECONDS;
  readonly artifacts: ArtifactSource | undefined;
  readonly alsoAs: readonly string[] | undefined;

  constructor(
    private readonly source: GoogleSource,
    private readonly clock: Clock,
  ) {
    this.name = source.name;
    this.ackDeadlineSeconds = DEADLINES * source.ackDeadlineSeconds;
    this.artifacts = source.artifacts;
    this.alsoAs = source.alsoAs;
  }

  async receive(reception: Reception): Promise<void> {
    const client = await googleClient(this.source);
    const { project, subscriptionName } = this.source;
    const stream = client.subscription(`projects/${project}/subscriptions/${subscriptionName}`, {
      streamingOptions: { maxStreams: 1 },
    });
    const cancel = this.clock.after(STANDS_AFTER_MS, () => reception.connected());
    try {
      await this.follow(stream, reception);
    } finally {
      cancel();
      // Waits for the messages under way and sends their acknowledgements.
      await stream.close();
      await client.close();
    }
  }

  /** Resolves when the reception is over; rejects when the stream ends with an error that the library does not mend. */
  private follow(stream: Stream, reception: Reception): Promise<void> {
    return new Promise((resolve, reject) => {
      void aborted(reception.signal).then(resolve);
      stream.on('error', reject);
      stream.on('close', resolve);
      stream.on('message', (message: Message) => void this.settle(message, reception));
    });
  }

  private async settle(message: Message, reception: Reception): Promise<void> {
    reception.connected();
    const { id, data, attributes } = message;
    const settlement = await reception.take({ id, payload: data.toString(), attributes: { ...attributes } });
    if (settlement.kind === 'taken') return message.ack();
    await this.clock.sleep(BEFORE_GIVING_BACK_MS, reception.signal).catch(() => undefined);
    message.nack();
  }
}
