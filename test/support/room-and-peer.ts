import type { INestApplicationContext, Type } from '@nestjs/common';
import { Bus, type EchoEvent, Inbox } from '../../src/events/index.js';
import { Outbox } from '../../src/outbox/index.js';
import { NOBODY } from '../../src/platform/request-context/index.js';
import { HttpPeer, type ReceivedRequest, json } from './http-peer.js';
import { ManualClock } from './manual-clock.js';
import { nestContext } from './nest-context.js';
import { TestSettings } from './test-settings.js';

/** A room whose effects go to one peer, with that peer. */
export class RoomAndPeer {
  private constructor(
    readonly clock: ManualClock,
    readonly received: readonly ReceivedRequest[],
    /** What the next requests are answered; 200 when there is no more. */
    readonly statuses: number[],
    private readonly peer: HttpPeer,
    private readonly context: INestApplicationContext,
  ) {}

  /** @param settings given the address of the peer */
  static async start(room: Type, settings: (peer: string) => Record<string, unknown>): Promise<RoomAndPeer> {
    const [clock, received, statuses] = [new ManualClock(), [] as ReceivedRequest[], [] as number[]];
    const peer = await HttpPeer.start((request) => {
      received.push(request);
      return json({}, statuses.shift() ?? 200);
    });
    const context = await nestContext([room], { settings: new TestSettings(settings(peer.url)), clock });
    return new RoomAndPeer(clock, received, statuses, peer, context);
  }

  get bus(): Bus {
    return this.found(Bus);
  }

  async accept(event: EchoEvent): Promise<void> {
    await this.found(Inbox).accept({ event, identity: NOBODY });
  }

  /** Resolves when every event is dispatched and the latest effect is in this state, or there is none. */
  async until(state: string | undefined): Promise<void> {
    const stateNow = async (): Promise<string | undefined> => (await this.found(Outbox).latest(1))[0]?.state;
    while (this.found(Inbox).depth() > 0 || (await stateNow()) !== state) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Lets the pause before another try pass. */
  async tryAgainAfter(ms: number): Promise<void> {
    await this.clock.untilWaiting(ms);
    await this.clock.advance(ms);
  }

  async close(): Promise<void> {
    await this.context.close();
    await this.peer.close();
  }

  private found<T>(port: abstract new (...args: never[]) => T): T {
    return this.context.get<T>(port as never, { strict: false });
  }
}
