import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, json } from '../../test/support/http-peer.js';
import { ManualClock } from '../../test/support/manual-clock.js';
import { nestContext } from '../../test/support/nest-context.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { until } from '../../test/support/until.js';
import { Inbox } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import { NOBODY } from '../platform/request-context/index.js';
import { NotificationsModule } from './notifications.module.js';

const WINDOW = 600_000;

let clock: ManualClock;
let slack: HttpPeer;
let posts: URLSearchParams[];
let context: INestApplicationContext;

beforeEach(async () => {
  clock = new ManualClock();
  posts = [];
  slack = await HttpPeer.start(({ body }) => {
    posts.push(new URLSearchParams(body));
    return json({ ok: true });
  });
});

afterEach(async () => {
  await context.close();
  await slack.close();
});

async function begin(policies: Readonly<Record<string, unknown>>): Promise<void> {
  const channel = { 'slack.enabled': true, 'slack.token': 'xoxb', 'slack.baseUrl': slack.url };
  context = await nestContext([NotificationsModule], {
    settings: new TestSettings({ ...channel, ...policies }),
    clock,
  });
}

async function failed(id: string): Promise<void> {
  const notifications = [{ type: 'slack', address: '#a', when: ['pipeline.failed'] }];
  await context.get(Inbox, { strict: false }).accept({
    event: {
      details: { type: 'orca:pipeline:failed', application: 'shop' },
      content: { execution: { id, name: 'deploy', notifications } },
      eventId: id,
    },
    identity: NOBODY,
  });
}

const outbox = (): Outbox => context.get(Outbox, { strict: false });

/** Resolves when so many effects are written down that are in this state. */
const written = (state: 'pending' | 'suppressed', count: number): Promise<void> =>
  until(async () => (await outbox().list({ state }, 100)).length === count);

describe('what the window of a digest gathers', () => {
  it('is told in one message when it ends, and what comes after it in the next one', async () => {
    await begin({ 'notifications.digests': [{ channel: 'slack', window: WINDOW, except: [] }] });
    for (let i = 0; i < 60; i++) await failed(`first-${i}`);
    await written('suppressed', 60);
    expect(posts).toEqual([]);

    await clock.advance(WINDOW);
    await until(() => posts.length === 1);
    await failed('second');
    await written('suppressed', 61);
    await clock.advance(WINDOW);
    await until(() => posts.length === 2);

    const [first, second] = posts.map((post) => JSON.parse(post.get('attachments') ?? '') as object[]);
    expect(first).toMatchObject([
      {
        title: 'Spinnaker: 60 in this digest',
        text: expect.stringMatching(/^• .*first-0\|[^]*\n… and 10 more\.$/) as string,
      },
    ]);
    expect(second).toMatchObject([
      { title: 'Spinnaker: 1 in this digest', text: expect.stringMatching(/second\|/) as string },
    ]);
  });
});

describe('what comes in quiet hours', () => {
  it('is sent when they end', async () => {
    const [from, to] = [clock.now() - 60_000, clock.now() + 120_000].map((at) =>
      new Date(at).toISOString().slice(11, 16),
    );
    await begin({ 'notifications.quietHours': [{ from, to, timezone: 'UTC', channels: [], except: [] }] });

    await failed('X');
    await written('pending', 1);
    await clock.advance(119_000);
    expect(posts).toEqual([]);

    await clock.advance(1000);
    await until(() => posts.length === 1);
  });
});
