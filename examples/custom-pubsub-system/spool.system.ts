import { readFile, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { BringsPubsub, Clock, type PubsubSystem, type Reception, Settings, type Subscription, setting } from 'echo';

const folder = setting.text('spool.folder', { description: 'Folder whose files are messages; they are deleted.' });

const LOOK_EVERY_MS = 1000;
/** What a file is called while an instance is at it. */
const CLAIMED = '.claimed';

/** Receives the files of a folder. */
class SpoolSubscription implements Subscription {
  readonly name = 'spool';
  readonly ackDeadlineSeconds = 60;
  readonly retentionDeadlineSeconds = 86_400;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {}

  async receive(reception: Reception): Promise<void> {
    while (!reception.signal.aborted) {
      const names = await readdir(this.folder);
      reception.connected();
      for (const name of names.filter((one) => !one.endsWith(CLAIMED))) await this.take(name, reception);
      await this.clock.sleep(LOOK_EVERY_MS, reception.signal).catch(() => undefined);
    }
  }

  private async take(name: string, { take }: Reception): Promise<void> {
    const file = path.join(this.folder, name);
    const isOurs = await rename(file, file + CLAIMED).then(
      () => true,
      () => false,
    );
    if (!isOurs) return;
    const { kind } = await take({
      id: name,
      payload: await readFile(file + CLAIMED, 'utf8'),
      attributes: { file: name },
    });
    await (kind === 'taken' ? rm(file + CLAIMED) : rename(file + CLAIMED, file));
  }
}

/** Files as messages: triggers `{"type":"pubsub","pubsubSystem":"spool","subscriptionName":"spool"}`. */
@BringsPubsub({ name: 'spool' })
export class SpoolSystem implements PubsubSystem {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  subscriptions(): readonly Subscription[] {
    const from = this.settings.get(folder);
    return from === undefined ? [] : [new SpoolSubscription(from, this.clock)];
  }
}
