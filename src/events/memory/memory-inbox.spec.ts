import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { counterOf, gaugeOf, totalOf } from '../../../test/support/metrics.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { OverloadedError } from '../../platform/errors/index.js';
import { Shutdown } from '../../platform/lifecycle/index.js';
import type { EventDispatcher } from '../dispatcher.js';
import { eventsMetrics } from '../events.metrics.js';
import type { IncomingEvent, ReceivedEvent } from '../inbox.js';
import { MemoryInbox } from './memory-inbox.js';

const incoming: IncomingEvent = { event: { eventId: 'E' }, identity: { headers: { 'x-spinnaker-user': 'joe' } } };

/** Listeners that take as long as a test wants. */
class SlowDispatcher {
  readonly dispatched: ReceivedEvent[] = [];
  private readonly ends: (() => void)[] = [];

  dispatch(received: ReceivedEvent): Promise<void> {
    this.dispatched.push(received);
    return new Promise((resolve) => this.ends.push(resolve));
  }

  finishOne(): void {
    this.ends.shift()?.();
  }
}

let clock: ManualClock;
let dispatcher: SlowDispatcher;
let shutdown: Shutdown;
let inbox: MemoryInbox;
const accepted = counterOf(eventsMetrics.accepted);
const refused = counterOf(eventsMetrics.refused);
const depth = gaugeOf(eventsMetrics.inboxDepth);

beforeEach(() => {
  for (const metric of [accepted, refused]) metric.reset();
  clock = new ManualClock();
  dispatcher = new SlowDispatcher();
  shutdown = new Shutdown();
  const settings = new TestSettings({ 'events.inbox.capacity': 2, 'events.inbox.drainMs': 20_000 });
  inbox = new MemoryInbox(
    dispatcher as unknown as EventDispatcher,
    clock,
    settings,
    shutdown,
    accepted,
    refused,
    depth,
  );
  inbox.onModuleInit();
});

/** Lets what is queued happen. */
const settle = (): Promise<void> => clock.advance(0);

describe('the inbox in memory', () => {
  it('takes an event under an id of its own, and answers before any listener sees it', async () => {
    const received = await inbox.accept(incoming);
    expect(dispatcher.dispatched).toEqual([]);
    expect(received).toMatchObject({ ...incoming, receivedAt: clock.now() });
    expect(received.inboxId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);

    await settle();
    expect(dispatcher.dispatched).toEqual([received]);
  });

  it('tells events with the same sender id apart', async () => {
    const ids = [(await inbox.accept(incoming)).inboxId, (await inbox.accept(incoming)).inboxId];

    expect(new Set(ids).size).toBe(2);
  });

  it('knows how many events are unfinished, and shows it', async () => {
    await inbox.accept(incoming);
    await inbox.accept(incoming);
    expect([inbox.depth(), await totalOf(depth)]).toEqual([2, 2]);

    await settle();
    dispatcher.finishOne();
    await settle();
    expect([inbox.depth(), await totalOf(depth)]).toEqual([1, 1]);
  });

  it('refuses at its bound, evicts nothing, and takes events again when one has finished', async () => {
    await inbox.accept(incoming);
    await inbox.accept(incoming);

    await expect(inbox.accept(incoming)).rejects.toMatchObject({ status: 503, retryAfterSeconds: 1 });
    await settle();
    expect(dispatcher.dispatched).toHaveLength(2);

    dispatcher.finishOne();
    await settle();
    await inbox.accept(incoming);
    expect([await totalOf(accepted), await totalOf(refused)]).toEqual([3, 1]);
  });
});

describe('at shutdown', () => {
  it('new events are refused and accepted ones are waited for', async () => {
    await inbox.accept(incoming);
    await settle();
    let down = false;
    const closing = shutdown.beforeApplicationShutdown().then(() => (down = true));
    await settle();

    await expect(inbox.accept(incoming)).rejects.toBeInstanceOf(OverloadedError);
    expect(down).toBe(false);

    dispatcher.finishOne();
    await closing;
    expect([inbox.depth(), clock.waiting]).toEqual([0, 0]);
  });

  it('an event that does not finish is waited for only so long', async () => {
    await inbox.accept(incoming);
    await settle();
    let down = false;
    const closing = shutdown.beforeApplicationShutdown().then(() => (down = true));

    await clock.advance(19_999);
    expect(down).toBe(false);
    await clock.advance(1);

    expect(await closing).toBe(true);
    expect(inbox.depth()).toBe(1);
  });
});
