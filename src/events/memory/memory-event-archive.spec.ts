import { describe, expect, it } from 'vitest';
import { agedOut } from '../../../test/support/aged-out.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { parseJson, stringifyJson } from '../../platform/json/index.js';
import { parseEvent } from '../parse-event.js';
import type { ReceivedEvent } from '../inbox.js';
import { MemoryEventArchive } from './memory-event-archive.js';

const received = (inboxId: string, eventId: string, payload = '{}'): ReceivedEvent => ({
  event: parseEvent(parseJson(`{"details":{"type":"webhook"},"payload":${payload},"eventId":"${eventId}"}`), 0),
  identity: { headers: { 'x-spinnaker-user': 'joe' } },
  privateHeaders: { 'x-hub-signature': ['sha1=0'] },
  inboxId,
  receivedAt: 5,
});

const archiveWith = (room: number): MemoryEventArchive =>
  new MemoryEventArchive(new TestSettings({ 'events.archive.maxSize': room }), agedOut());

const sizeOf = (one: ReceivedEvent): number => JSON.stringify(one).length;

describe('the archive of events', () => {
  it("has an event under the sender's id and under Echo's, with all that matching needs", async () => {
    const archive = archiveWith(10_000);
    const event = received('A', 'sent');
    archive.keep(event);

    expect(await archive.find('A')).toEqual(event);
    expect(await archive.find('sent')).toEqual(event);
    expect(await archive.find('other')).toBeUndefined();
  });

  it('has the latest of events with one id', async () => {
    const archive = archiveWith(10_000);
    for (const id of ['A', 'B']) archive.keep(received(id, 'same'));

    expect((await archive.find('same'))?.inboxId).toBe('B');
  });

  it('keeps numbers as they were sent', async () => {
    const archive = archiveWith(10_000);
    archive.keep(received('A', 'sent', '{"n":12345678901234567890,"f":1.50}'));

    const found = await archive.find('A');
    expect(stringifyJson(found?.event.payload ?? null)).toBe('{"n":12345678901234567890,"f":1.50}');
  });

  it('lets the oldest go when there is no more room', async () => {
    const archive = archiveWith(10 * sizeOf(received('A', 'sent')));
    for (const id of 'ABCDEFGHIJ') archive.keep(received(id, 'sent'));
    expect((await archive.find('A'))?.inboxId).toBe('A');

    archive.keep(received('K', 'sent'));

    expect(await archive.find('A')).toBeUndefined();
    for (const id of 'CDEFGHIJK') expect((await archive.find(id))?.inboxId).toBe(id);
  });

  it('does not clear itself for an event that is too large for it', async () => {
    const archive = archiveWith(sizeOf(received('A', 'sent')));
    archive.keep(received('A', 'sent'));
    archive.keep(received('B', 'sent', JSON.stringify({ text: 'x'.repeat(1000) })));

    expect((await archive.find('sent'))?.inboxId).toBe('A');
  });
});
