import { EventEmitter2 } from '@nestjs/event-emitter';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DecisionLog } from '../../src/decisions/decision-log.js';
import { MemoryDecisionLog } from '../../src/decisions/memory/memory-decision-log.js';
import { SqlDecisionLog } from '../../src/decisions/sql/sql-decision-log.js';
import { Bus } from '../../src/events/index.js';
import { type EventDecided, eventDecided } from '../../src/pipelines/index.js';
import { newUlid } from '../../src/platform/ids/index.js';
import type { Job, JobRunner } from '../../src/platform/lifecycle/index.js';
import { agedOut } from '../support/aged-out.js';
import { ManualClock } from '../support/manual-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { TestSettings } from '../support/test-settings.js';

let database: TestDatabase;
let bus: Bus;
let clock: ManualClock;
const jobs = new Map<string, Job>();
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());
beforeEach(async () => {
  await database.source.query('TRUNCATE decisions, decisions_of_pipelines');
  bus = new Bus(new EventEmitter2());
  clock = new ManualClock();
});

function memory(): DecisionLog {
  const log = new MemoryDecisionLog(bus, clock, agedOut(), new TestSettings());
  log.onModuleInit();
  return log;
}

function sql(): DecisionLog {
  const runner = { start: (job: Job) => jobs.set(job.name, job) } as unknown as JobRunner;
  const log = new SqlDecisionLog(bus, clock, new TestSettings(), runner, database.source);
  log.onModuleInit();
  log.onApplicationBootstrap();
  return log;
}

const DECISION = {
  handler: 'webhook',
  application: 'app',
  pipelineName: 'p',
  pipelineId: 'P',
  triggerId: 'T',
  triggerType: 'webhook',
  kind: 'rejected',
  rule: 'tag',
  expected: 'a\0',
  got: 'b',
} as const;

async function decided(more: Partial<EventDecided> = {}): Promise<EventDecided> {
  const inboxId = newUlid(clock.now());
  const event = { inboxId, eventId: 'sent', eventType: 'webhook', decisions: [DECISION], omitted: 0 };
  const whole: EventDecided = { ...event, unusable: [], ...more };
  await bus.publishAndWait(eventDecided, whole);
  await clock.advance(1000);
  return whole;
}

const about = (pipelineId: string): Promise<EventDecided> => decided({ decisions: [{ ...DECISION, pipelineId }] });

describe.each([
  { name: 'in memory', make: memory },
  { name: 'in PostgreSQL', make: sql },
])('the log of decisions $name', ({ make }) => {
  it("knows events by the sender's id and by Echo's, newest first", async () => {
    const log = make();
    const [first, second] = [await decided(), await decided()];

    expect(await log.ofEvent('sent')).toEqual([second, first]);
    expect(await log.ofEvent(first.inboxId)).toEqual([first]);
    expect(await log.ofEvent('unknown')).toEqual([]);
  });

  it('tells of one pipeline what was decided since an instant, newest first', async () => {
    const log = make();
    const first = await decided();
    const since = clock.now();
    const second = await decided();

    expect((await log.ofPipelines(['P'], 0, 9)).map(({ inboxId }) => inboxId)).toEqual([second.inboxId, first.inboxId]);
    expect(await log.ofPipelines(['P'], since, 9)).toMatchObject([
      { inboxId: second.inboxId, at: new Date(since).toISOString(), rule: 'tag' },
    ]);
    expect(await log.ofPipelines(['other'], 0, 9)).toEqual([]);
  });

  it('tells of several pipelines, of the latest events only', async () => {
    const log = make();
    const [first, second, third] = [await about('P'), await about('Q'), await about('R')];

    const ofTwo = await log.ofPipelines(['P', 'Q'], 0, 9);
    expect(ofTwo.map(({ inboxId }) => inboxId)).toEqual([second.inboxId, first.inboxId]);
    expect((await log.ofPipelines(['P', 'Q'], 0, 1)).map(({ pipelineId }) => pipelineId)).toEqual(['Q']);
    expect(await log.latest(2)).toEqual([third, second]);
  });

  it('gives no room to events that nothing waited for, but to those that could not be used', async () => {
    const log = make();
    await decided({ eventId: 'nothing', decisions: [] });
    const odd = await decided({ eventId: 'odd', decisions: [], unusable: [{ handler: 'git', reason: 'no content' }] });

    expect(await log.ofEvent('nothing')).toEqual([]);
    expect(await log.ofEvent('odd')).toEqual([odd]);
  });
});

describe('the log of decisions in PostgreSQL', () => {
  it('keeps of an event that came twice, after a crash, what was decided first', async () => {
    const log = sql();
    const first = await decided();
    await decided({ inboxId: first.inboxId, decisions: [], unusable: [{ handler: 'git', reason: 'no' }] });
    expect(await log.ofEvent(first.inboxId)).toEqual([first]);
  });

  it('forgets what is older than its retention, by pipeline too', async () => {
    const log = sql();
    await decided();
    await clock.advance(14 * 86_400_000 - 1500);
    const second = await decided();

    await jobs.get('decisions.retention')?.run(new AbortController().signal);

    expect(await log.ofEvent('sent')).toEqual([second]);
    expect(await database.source.query('SELECT count(*)::int AS n FROM decisions_of_pipelines')).toEqual([{ n: 1 }]);
  });
});
