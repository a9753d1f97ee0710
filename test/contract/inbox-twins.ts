import type { DataSource } from 'typeorm';
import type { EventDispatcher } from '../../src/events/dispatcher.js';
import { eventsMetrics } from '../../src/events/events.metrics.js';
import { InboxMeter } from '../../src/events/inbox-meter.js';
import { type Inbox, type IncomingEvent, Pressure, type ReceivedEvent } from '../../src/events/index.js';
import { MemoryInbox } from '../../src/events/memory/memory-inbox.js';
import { SqlInbox } from '../../src/events/sql/sql-inbox.js';
import { type Job, type JobRunner, Shutdown } from '../../src/platform/lifecycle/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { counterOf, gaugeOf } from '../support/metrics.js';
import { TestSettings } from '../support/test-settings.js';
import { until } from '../support/until.js';

/** Listeners that take as long as a test wants. */
export class SlowListeners {
  readonly dispatched: ReceivedEvent[] = [];
  private readonly ends: (() => void)[] = [];

  dispatch(received: ReceivedEvent): Promise<void> {
    this.dispatched.push(received);
    return new Promise((resolve) => this.ends.push(resolve));
  }

  /** Ends the listeners of the event that was dispatched first, when it is. */
  async finishOne(): Promise<void> {
    await until(() => this.ends.length > 0);
    this.ends.shift()?.();
  }
}

export const incoming = (more: Partial<IncomingEvent> = {}): IncomingEvent => ({
  event: { details: { type: 'test' }, eventId: 'E' },
  identity: { headers: { 'x-spinnaker-user': 'joe' } },
  ...more,
});

function parts(values: Record<string, unknown>, clock: ManualClock) {
  const listeners = new SlowListeners();
  const metrics = {
    accepted: counterOf(eventsMetrics.accepted),
    refused: counterOf(eventsMetrics.refused),
    depth: gaugeOf(eventsMetrics.inboxDepth),
  };
  const settings = new TestSettings(values);
  return {
    listeners,
    dispatcher: listeners as unknown as EventDispatcher,
    metrics,
    meter: new InboxMeter(metrics.accepted, metrics.refused, metrics.depth),
    clock,
    settings,
    shutdown: new Shutdown(clock, settings),
  };
}

export interface InboxUnderTest<I extends Inbox = Inbox> extends Pick<
  ReturnType<typeof parts>,
  'listeners' | 'metrics' | 'clock' | 'shutdown'
> {
  readonly inbox: I;
}

export function memoryInbox(values: Record<string, unknown> = {}, clock = new ManualClock()): InboxUnderTest {
  const given = parts(values, clock);
  const inbox = new MemoryInbox(given.dispatcher, clock, given.settings, given.shutdown, given.meter, new Pressure());
  inbox.onModuleInit();
  return { inbox, ...given };
}

/** An instance over a database; its jobs run when the test says so. */
export interface SqlInboxInstance extends InboxUnderTest<SqlInbox> {
  runJob(name: string): Promise<void>;
}

export function sqlInbox(
  source: DataSource,
  values: Record<string, unknown> = {},
  clock = new ManualClock(),
): SqlInboxInstance {
  const given = parts(values, clock);
  const jobs = new Map<string, Job>();
  const runner = { start: (job: Job) => jobs.set(job.name, job) } as unknown as JobRunner;
  const { dispatcher, settings, shutdown, meter } = given;
  const inbox = new SqlInbox(dispatcher, clock, settings, shutdown, runner, source, meter);
  inbox.onModuleInit();
  inbox.onApplicationBootstrap();
  return { inbox, ...given, runJob: async (name) => jobs.get(name)?.run(new AbortController().signal) };
}
