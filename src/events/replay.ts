import { Injectable } from '@nestjs/common';
import { EchoError, NotFoundError, OverloadedError } from '../platform/errors/index.js';
import { EventArchive } from './event-archive.js';
import { typeOf } from './event.js';
import type { EventFilter } from './event-filter.js';
import { Inbox, type ReceivedEvent } from './inbox.js';

/** Inbox ids: of the event that was, and of the one that is now. */
export interface ReplayedEvent {
  readonly of: string;
  readonly inboxId: string;
}

export interface Replayed {
  /** How many events were meant and can be replayed. */
  readonly events: number;
  /** What was taken in again, oldest first. */
  readonly replays: readonly ReplayedEvent[];
  /** Ids that were named and are not known, or of whose events only the head is kept. */
  readonly skipped: readonly string[];
  /** Where there are more: what to give as `after` for those. */
  readonly next: string | null;
}

/** How a replay is done. */
export interface ReplayOptions {
  readonly dryRun: boolean;
  /** The name of the token. */
  readonly by: string;
}

const AT_ONCE = 1000;

/** Of orca's tasks only the heads are kept. */
const isWhole = (type: string): boolean => !type.startsWith('orca:task:');

/** Takes recorded events in again, as new events that say what they repeat: they are decided anew, and start again. */
@Injectable()
export class Replay {
  constructor(
    private readonly archive: EventArchive,
    private readonly inbox: Inbox,
  ) {}

  /**
   * Events that the filter means, oldest first, at most `limit`; replays are no originals, and left out.
   *
   * @throws OverloadedError when the inbox takes nothing; when it takes no more, `next` says where to go on
   */
  async range(filter: EventFilter, limit: number, options: ReplayOptions): Promise<Replayed> {
    const ids: string[] = [];
    let after = filter.after;
    for (;;) {
      const page = await this.archive.list(
        { ...filter, ...(after !== undefined && { after }) },
        AT_ONCE,
        'oldest first',
      );
      const originals = page.filter(({ type, replayOf }) => replayOf === undefined && isWhole(type));
      const room = limit - ids.length;
      ids.push(...originals.slice(0, room).map(({ inboxId }) => inboxId));
      if (originals.length > room) return this.found(ids, options, ids.at(-1) ?? null);
      if (page.length < AT_ONCE) return this.found(ids, options, null);
      after = page.at(-1)?.inboxId;
    }
  }

  /**
   * The latest event with this id, the sender's or Echo's own.
   *
   * @throws NotFoundError for an unknown one, EchoError (409) for one whose content is not kept
   */
  async one(id: string, by: string): Promise<ReplayedEvent> {
    const found = await this.archive.find(id);
    if (!found) throw new NotFoundError(`There is no event ${id}, or it is too long ago.`);
    if (isWhole(typeOf(found.event))) return this.takeIn(found, by);
    const message = `Event ${id} cannot be replayed: of orca's tasks the content is not kept.`;
    throw new EchoError(message, { code: 'not-whole', status: 409 });
  }

  /** The events with these ids, the sender's or Echo's own, in this order. */
  named(ids: readonly string[], options: ReplayOptions): Promise<Replayed> {
    return this.again(ids, options, null);
  }

  private async found(ids: readonly string[], options: ReplayOptions, next: string | null): Promise<Replayed> {
    return options.dryRun ? { events: ids.length, replays: [], skipped: [], next } : this.again(ids, options, next);
  }

  private async again(ids: readonly string[], options: ReplayOptions, next: string | null): Promise<Replayed> {
    const { dryRun, by } = options;
    const replays: ReplayedEvent[] = [];
    const skipped: string[] = [];
    for (const id of ids) {
      const found = await this.archive.find(id);
      if (!found || !isWhole(typeOf(found.event))) skipped.push(id);
      else if (!dryRun) {
        const taken = await this.whileItTakes(() => this.takeIn(found, by), replays.length);
        if (!taken) return { events: replays.length, replays, skipped, next: replays.at(-1)?.of ?? null };
        replays.push(taken);
      }
    }
    return { events: ids.length - skipped.length, replays, skipped, next };
  }

  /** Nothing where the inbox takes no more; who has not got any event in learns why. */
  private whileItTakes(takeIn: () => Promise<ReplayedEvent>, before: number): Promise<ReplayedEvent | undefined> {
    return takeIn().catch((error: unknown) => {
      if (before === 0 || !(error instanceof OverloadedError)) throw error;
      return undefined;
    });
  }

  private async takeIn({ inboxId: of, ...found }: ReceivedEvent, replayedBy: string): Promise<ReplayedEvent> {
    const { event, identity, privateHeaders } = found;
    const again = { event, identity, ...(privateHeaders && { privateHeaders }), replayOf: of, replayedBy };
    return { of, inboxId: (await this.inbox.accept(again)).inboxId };
  }
}
