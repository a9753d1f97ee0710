import { describe, expect, it } from 'vitest';
import { pipelineWith } from '../../../test/support/handler-bench.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { ReceivedEvent } from '../../events/index.js';
import type { Candidate } from '../index/trigger-index.js';
import { MemoryRepeats } from './memory-repeats.js';
import { RepeatCheck } from './repeat-check.js';

const ON = { 'events.dedupe.builds': true, 'events.dedupe.windowMs': 60_000 };
const trigger = { type: 'jenkins', master: 'm', job: 'j' };

const checkWith = (settings: object): RepeatCheck =>
  new RepeatCheck(new MemoryRepeats(), new TestSettings({ ...settings }));

function candidatesOf(...triggers: object[]): Candidate[] {
  const pipeline = pipelineWith(triggers);
  return (pipeline.triggers ?? []).map((one) => ({ pipeline, trigger: one }));
}

const [candidate, other] = candidatesOf(trigger, { ...trigger, propertyFile: 'p' }) as [Candidate, Candidate];

const received = (inboxId: string, receivedAt: number): ReceivedEvent => ({
  event: { eventId: 'same' },
  identity: { headers: {} },
  inboxId,
  receivedAt,
});

describe('news that a sender repeats', () => {
  it('is rejected within the window, with what and when', async () => {
    const check = checkWith(ON);

    expect(await check.rejection(candidate, '["m","j",7]', received('A', 0))).toBeUndefined();
    expect(await check.rejection(candidate, '["m","j",7]', received('B', 20_000))).toEqual({
      kind: 'rejected',
      rule: 'repeat',
      expected: 'news, not told within 60 s',
      got: '["m","j",7] again, 20 s later',
    });
    expect(await check.rejection(candidate, '["m","j",7]', received('C', 60_000))).toBeUndefined();
  });

  it('is none for another trigger, even of the same id, and for other news', async () => {
    const check = checkWith(ON);
    await check.rejection(candidate, 'news', received('A', 0));

    expect(other.trigger.id).toBe(candidate.trigger.id);
    expect(await check.rejection(other, 'news', received('B', 1))).toBeUndefined();
    expect(await check.rejection(candidate, 'other news', received('B', 1))).toBeUndefined();
  });

  it('is none when the same event is processed again', async () => {
    const check = checkWith(ON);
    await check.rejection(candidate, 'news', received('A', 0));

    expect(await check.rejection(candidate, 'news', received('A', 0))).toBeUndefined();
  });

  it.each([
    ['the operator did not ask for it', {}, 'news'],
    ['the handler says that its events may repeat', ON, undefined],
  ])('starts all the same when %s', async (_what, settings, news) => {
    const check = checkWith(settings);
    await check.rejection(candidate, news, received('A', 0));

    expect(await check.rejection(candidate, news, received('B', 1))).toBeUndefined();
  });
});
