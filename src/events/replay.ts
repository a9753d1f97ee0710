import { Injectable } from '@nestjs/common';
import { EventArchive } from './event-archive.js';
import type { EventFilter, ListedEvent } from './event-filter.js';
import { Inbox } from './inbox.js';

export interface Replayed {
  /** How many events were meant, replays and those without their content left out. */
  readonly events: number;
  /** Inbox ids of what was taken in again, oldest first: the event that was, and the one that is now. */
  readonly replays: readonly { readonly of: string; readonly inboxId: string }[];
}

/** Replays are no originals; of orca's tasks only the heads are kept. */
const canBeReplayed = ({ replayOf, type }: ListedEvent): boolean =>
  replayOf === undefined && !type.startsWith('orca:task:');

/** Takes recorded events in again, as new events that say what they repeat: they are decided anew, and start again. */
@Injectable()
export class Replay {
  constructor(
    private readonly archive: EventArchive,
    private readonly inbox: Inbox,
  ) {}

  /**
   * The latest `limit` events that the filter means, oldest first.
   *
   * @param dryRun only says how many
   * @throws OverloadedError when the inbox takes no more; what came before stays
   */
  async run(filter: EventFilter, limit: number, dryRun: boolean): Promise<Replayed> {
    const meant = (await this.archive.list(filter, limit)).filter(canBeReplayed).reverse();
    return { events: meant.length, replays: dryRun ? [] : await this.again(meant.map(({ inboxId }) => inboxId)) };
  }

  private async again(ids: readonly string[]): Promise<Replayed['replays']> {
    const replays: { of: string; inboxId: string }[] = [];
    for (const id of ids) {
      const found = await this.archive.find(id);
      if (!found) continue;
      const { event, identity, privateHeaders } = found;
      const again = { event, identity, ...(privateHeaders && { privateHeaders }), replayOf: id };
      replays.push({ of: id, inboxId: (await this.inbox.accept(again)).inboxId });
    }
    return replays;
  }
}
