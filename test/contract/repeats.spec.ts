import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryRepeats } from '../../src/pipeline-triggers/repeats/memory-repeats.js';
import type { ClaimOutcome, Repeats } from '../../src/pipeline-triggers/repeats/repeats.js';
import { SqlRepeats } from '../../src/pipeline-triggers/repeats/sql/sql-repeats.js';
import type { Job, JobRunner } from '../../src/platform/lifecycle/index.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => void (await database.source.query('TRUNCATE trigger_repeats')));

const clock = new ManualClock(5000);
let jobs: Job[] = [];
const runner = { start: (job: Job) => void jobs.push(job) } as unknown as JobRunner;
const sqlRepeats = (source = database.source): SqlRepeats => new SqlRepeats(runner, clock, source);

const twins: { name: string; make: () => Repeats }[] = [
  { name: 'in memory', make: () => new MemoryRepeats() },
  { name: 'in PostgreSQL', make: () => sqlRepeats() },
];

const claim = (repeats: Repeats, key: string, claimant: string, at: number): Promise<ClaimOutcome> =>
  repeats.claim({ key, claimant, at, windowMs: 1000 });

describe.each(twins)('of all that claim one key $name', ({ make }) => {
  let repeats: Repeats;
  beforeEach(() => void (repeats = make()));

  it('the first is first, and the others repeat it until the window is over', async () => {
    expect(await claim(repeats, 'k', 'A', 100)).toEqual({ kind: 'first' });
    expect(await claim(repeats, 'k', 'B', 600)).toEqual({ kind: 'repeated', since: 100 });
    expect(await claim(repeats, 'k', 'C', 1099)).toEqual({ kind: 'repeated', since: 100 });
    expect(await claim(repeats, 'k', 'D', 1100)).toEqual({ kind: 'first' });
    expect(await claim(repeats, 'k', 'B', 1200)).toEqual({ kind: 'repeated', since: 1100 });
  });

  it('the first stays first when it asks again', async () => {
    await claim(repeats, 'k', 'A', 100);

    expect(await claim(repeats, 'k', 'A', 500)).toEqual({ kind: 'first' });
  });

  it('none hinders those that claim another', async () => {
    await claim(repeats, 'k', 'A', 100);

    expect(await claim(repeats, 'l', 'B', 100)).toEqual({ kind: 'first' });
  });

  it('one is first, however many claim it at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(repeats, 'k', `C${i}`, 100)));

    expect(outcomes.filter(({ kind }) => kind === 'first')).toHaveLength(1);
  });
});

describe('claims in PostgreSQL', () => {
  it('are those of all instances', async () => {
    const [one, other] = [sqlRepeats(), sqlRepeats(await database.connect())];
    await claim(one, 'k', 'A', 100);

    expect(await claim(other, 'k', 'B', 200)).toEqual({ kind: 'repeated', since: 100 });
  });

  it('are forgotten after their window', async () => {
    jobs = [];
    const repeats = sqlRepeats();
    repeats.onApplicationBootstrap();
    await claim(repeats, 'old', 'A', 4000);
    await claim(repeats, 'new', 'A', 4001);

    await jobs[0]?.run(new AbortController().signal);

    expect(await database.source.query('SELECT key FROM trigger_repeats')).toEqual([{ key: 'new' }]);
  });
});
