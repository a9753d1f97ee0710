import { Injectable } from '@nestjs/common';
import { EchoError, NotFoundError } from '../platform/errors/index.js';
import { EventArchive } from './event-archive.js';
import type { EventFilter, ListedEvent } from './event-filter.js';
import { typeOf } from './event.js';
import { Inbox, type ReceivedEvent } from './inbox.js';

/** Inbox ids: of the event that was, and of the one that is now. */
export interface ReplayedEvent {
  readonly of: string;
  readonly inboxId: string;
}

export interface Replayed {
  /** How many events were meant, replays and those without their content left out. */
  readonly events: number;
  /** What was taken in again, oldest first. */
  readonly replays: readonly ReplayedEvent[];
}

/** Of orca's tasks only the heads are kept. */
const isWhole = (type: string): boolean => !type.startsWith('orca:task:');

/** Replays are no originals. */
const canBeReplayed = ({ replayOf, type }: ListedEvent): boolean => replayOf === undefined && isWhole(type);

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

  /**
   * The latest event with this id, the sender's or Echo's own.
   *
   * @throws NotFoundError for an unknown one, EchoError (409) for one whose content is not kept
   */
  async one(id: string): Promise<ReplayedEvent> {
    const found = await this.archive.find(id);
    if (!found) throw new NotFoundError(`There is no event ${id}, or it is too long ago.`);
    if (isWhole(typeOf(found.event))) return this.accept(found);
    const message = `Event ${id} cannot be replayed: of orca's tasks the content is not kept.`;
    throw new EchoError(message, { code: 'not-whole', status: 409 });
  }

  private async again(ids: readonly string[]): Promise<ReplayedEvent[]> {
    const replays: ReplayedEvent[] = [];
    for (const id of ids) {
      const found = await this.archive.find(id);
      if (found) replays.push(await this.accept(found));
    }
    return replays;
  }

  private async accept({ inboxId: of, event, identity, privateHeaders }: ReceivedEvent): Promise<ReplayedEvent> {
    const again = { event, identity, ...(privateHeaders && { privateHeaders }), replayOf: of };
    return { of, inboxId: (await this.inbox.accept(again)).inboxId };
  }
}
