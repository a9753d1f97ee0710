import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runEcho } from '../../src/cli/commands/run.js';
import type { EchoProcess } from '../support/echo-process.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { HandOver, type Owner, STEP_MS } from './hand-over.js';

let database: TestDatabase;
let rehearsal: HandOver;
/** The one that fires at first, and the one that takes over. */
let before: EchoProcess;
let after: EchoProcess;

beforeEach(async () => {
  database = await testDatabase();
  rehearsal = await HandOver.begin();
  [before, after] = await Promise.all([rehearsal.startOld(), rehearsal.startNew(database.url)]);
}, 120_000);
afterEach(async () => {
  await rehearsal.close();
  await database.drop();
});

const expectEachOnce = (from: number, to: number): void =>
  expect(rehearsal.check(from, to)).toEqual({ lost: [], doubled: [] });

/** All slots from one instant to another, each of which `owner` names. */
const slotsBetween = (from: number, to: number, owner: (slot: number) => Owner): [number, Owner][] =>
  Array.from({ length: (to - from) / STEP_MS + 1 }, (_, i) => from + i * STEP_MS).map((slot) => [slot, owner(slot)]);

async function shadowReport(since: number, until: number): Promise<string> {
  let out = '';
  const span = ['--since', new Date(since).toISOString(), '--until', new Date(until).toISOString()];
  await runEcho(['shadow-report', ...span, '--url', after.url], {
    env: {},
    cwd: tmpdir(),
    write: (text) => void (out += text),
    complain: (text) => void (out += text),
  });
  return out;
}

describe('an Echo that takes over from another one', { timeout: 180_000 }, () => {
  it('at a slot and back at another: each slot is started once, by whom both were told', async () => {
    const begin = await rehearsal.nextOf('old');
    const over = rehearsal.ahead(3);
    await Promise.all([rehearsal.say(before, 'until', over), rehearsal.say(after, 'from', over)]);
    await rehearsal.untilWhole(begin, over + 2 * STEP_MS);

    const back = rehearsal.ahead(3);
    await Promise.all([rehearsal.say(after, 'until', back), rehearsal.say(before, 'from', back)]);
    const end = back + 3 * STEP_MS;
    await rehearsal.untilWhole(begin, end);
    await rehearsal.untilPassed(after, end);

    expectEachOnce(begin, end);
    const expected = slotsBetween(begin, end, (slot) => (slot >= over && slot < back ? 'new' : 'old'));
    expect(rehearsal.owners(begin, end)).toEqual(expected);
    expect(await shadowReport(begin - 1, end + STEP_MS - 1)).toContain('Only ours: 0. Only theirs: 0.');
  });

  it('that was stopped too early, and gives back to it before it is up: compensation starts what lies between', async () => {
    const begin = await rehearsal.nextOf('old');
    await rehearsal.stop(before);
    const over = rehearsal.ahead(3);
    await rehearsal.say(after, 'from', over);
    await rehearsal.untilWhole(over, over);
    expect(rehearsal.check(begin, over).lost).not.toEqual([]);
    // An instant at which the old one surely was up: what it has started is seen in orca.
    await rehearsal.say(after, 'from', begin);
    await rehearsal.untilWhole(begin, over);

    const back = rehearsal.ahead(3);
    await rehearsal.say(after, 'until', back);
    // A slot is recorded a little before its instant: with the next one `back` is over, and the old one comes too late for it.
    await rehearsal.untilPassed(after, back + STEP_MS);
    await rehearsal.startOld();
    const up = await rehearsal.nextOf('old');
    expect(rehearsal.check(begin, up).lost).not.toEqual([]);
    await rehearsal.say(after, 'until', up);
    await rehearsal.untilWhole(begin, up + STEP_MS);

    expectEachOnce(begin, up + STEP_MS);
    // What compensation started in this span for slots before it is none of it.
    expect(await shadowReport(over - 1, up - 1)).toContain('Only ours: 0. Only theirs: 0.');
  });
});
