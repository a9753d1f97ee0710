import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, json } from '../../../test/support/http-peer.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { until } from '../../../test/support/until.js';
import { Inbox } from '../../events/index.js';
import { Outbox } from '../../outbox/index.js';
import { NOBODY } from '../../platform/request-context/index.js';
import { NotificationsModule } from '../notifications.module.js';

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
  const settings = new TestSettings({
    'slack.enabled': true,
    'slack.token': 'xoxb',
    'slack.baseUrl': slack.url,
    'notifications.digests': [{ channel: 'slack', window: WINDOW, except: [] }],
  });
  context = await nestContext([NotificationsModule], { settings, clock });
});

afterEach(async () => {
  await context.close();
  await slack.close();
});

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

describe('what a window gathers', () => {
  it('is told in one message when it ends, and what comes after it in the next one', async () => {
    for (let i = 0; i < 60; i++) await failed(`first-${i}`);
    await until(async () => (await outbox().list({ state: 'suppressed' }, 100)).length === 60);
    expect(posts).toEqual([]);

    await clock.advance(WINDOW);
    await until(() => posts.length === 1);
    await failed('second');
    await until(async () => (await outbox().list({ state: 'suppressed' }, 100)).length === 61);
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
