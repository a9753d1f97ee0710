import { Injectable } from '@nestjs/common';
import { type NewEffect, Outbox } from '../outbox/index.js';
import { Clock } from '../platform/clock/index.js';
import { newUlid } from '../platform/ids/index.js';
import { FORWARD, type Forward, type ForwardPayload } from './forward.js';

/** Milliseconds since the epoch; both ends belong to it. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Forwards that one replay looks at, to all endpoints together, the latest ones. */
const MOST = 100_000;

/** Sends again what was forwarded to an endpoint, oldest first, with the same bodies and message ids. */
@Injectable()
export class Replay {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @returns how many forwards go out again */
  async replay(endpoint: string, { from, to }: Range): Promise<number> {
    const replayId = newUlid(this.clock.now());
    const forwards = ((await this.outbox.list({ kind: FORWARD, from, to }, MOST)) as Forward[])
      .filter(({ payload }) => payload.endpoint === endpoint)
      // What waits for another try goes out anyway; what a replay sent is a copy of what is here already.
      .filter(({ state, key }) => state !== 'pending' && !key.startsWith('replay\n'))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    await this.outbox.submit(forwards.map((forward) => again(forward, replayId)));
    return forwards.length;
  }
}

const again = ({ kind, key, payload, identity, cause }: Forward, replayId: string): NewEffect<ForwardPayload> => ({
  kind,
  key: `replay\n${replayId}\n${key}`,
  payload: { ...payload, tries: 0 },
  identity,
  cause,
});
