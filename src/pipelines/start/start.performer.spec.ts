import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import type { OrcaClient, StartAnswer, ExecutionLookUp } from '../../clients/index.js';
import type { Effect, Outcome } from '../../outbox/index.js';
import { readPipeline } from '../model/read-pipeline.js';
import type { Pipeline } from '../model/pipeline.js';
import { LastLook } from './last-look.js';
import { Overlap } from './overlap.js';
import { StartIds } from './start-ids.js';
import { startIds } from './start-identity.js';
import type { StartPayload } from './start-payload.js';
import type { Planner } from './planner.js';
import type { StartReport } from './start-report.js';
import type { Permission, Suppression } from './suppression.js';
import { StartPerformer } from './start.performer.js';

const ACCEPTED: StartAnswer = { kind: 'accepted', ref: '/pipelines/X' };
const UNCLEAR: StartAnswer = { kind: 'unclear', code: 'http-503', message: 'orca answered 503' };
const REFUSED: StartAnswer = { kind: 'refused', retryable: false, code: 'http-400', message: 'no such stage' };
const BUSY: StartAnswer = { kind: 'refused', retryable: true, code: 'http-429', message: 'slow down' };
const WITHDRAWN: StartAnswer = { kind: 'withdrawn', message: 'lost' };
const UNSENT: StartAnswer = { kind: 'unsent', code: 'connection-refused', message: 'refused' };

const AT = 1_700_000_000_000;

/** An orca that follows a script, and a record of what it was asked. */
class ScriptedOrca {
  readonly posted: Pipeline[] = [];
  readonly lookedUp: string[] = [];

  constructor(
    private readonly answers: StartAnswer[],
    private readonly lookUps: ExecutionLookUp[] = [],
  ) {}

  orchestrate(body: string): Promise<StartAnswer> {
    this.posted.push(JSON.parse(body) as Pipeline);
    return Promise.resolve(this.answers.shift() ?? UNSENT);
  }

  execution(id: string): Promise<ExecutionLookUp> {
    this.lookedUp.push(id);
    return Promise.resolve(this.lookUps.shift() ?? { kind: 'absent' });
  }
}

const pipeline = (more: object = {}): Pipeline =>
  readPipeline({ application: 'app', name: 'p', id: 'P', trigger: { type: 'webhook' }, ...more });

const payloadOf = (given: Pipeline): StartPayload => ({
  pipeline: given,
  source: 'EXTERNAL_EVENT',
  at: AT,
  posts: 0,
  spent: 0,
  unclear: false,
  planned: false,
});

/** Performs a start until it ends, as the outbox does, without the waiting. */
async function perform(
  orca: ScriptedOrca,
  given: Pipeline = pipeline(),
  settings: Record<string, unknown> = {},
  more: Partial<Effect> = {},
  permission: Permission = { kind: 'allowed' },
) {
  const told: string[] = [];
  const report = {
    started: (_effect: unknown, ref: string) => told.push(`started ${ref}`),
    failed: (_effect: unknown, { code }: { code: string }) => told.push(`failed ${code}`),
    retried: () => told.push('retried'),
    requested: () => told.push('requested'),
    suppressed: (_start: unknown, { by }: { by: string }) => told.push(`suppressed ${by}`),
  } as unknown as StartReport;
  const planner = { plan: (unplanned: Pipeline) => Promise.resolve(unplanned) } as unknown as Planner;
  const tuned = new TestSettings({ 'orca.pipelineInitiatorRetryCount': 3, ...settings });
  const ids = new StartIds(tuned);
  const suppression = { check: () => permission } as unknown as Suppression;
  const client = orca as unknown as OrcaClient;
  const clock = new ManualClock(AT);
  const lastLook = new LastLook(suppression, new Overlap(client), report, ids);
  const performer = new StartPerformer(client, planner, report, ids, lastLook, clock, tuned);
  let effect: Effect<StartPayload> = {
    id: 'E',
    kind: 'start',
    key: 'I/P/hash',
    identity: { headers: {} },
    cause: {},
    state: 'pending',
    attempts: 0,
    createdAt: AT,
    payload: payloadOf(given),
    ...(more as object),
  };
  const outcomes: Outcome[] = [];
  for (let outcome: Outcome<StartPayload> = { kind: 'retry', afterMs: 0, error: '' }; outcome.kind === 'retry';) {
    effect = { ...effect, attempts: effect.attempts + 1 };
    outcome = await performer.attempt(effect, () => true);
    outcomes.push(outcome);
    if (outcome.kind === 'retry') await clock.advance(outcome.afterMs ?? 0);
    if (outcome.kind === 'retry')
      effect = { ...effect, payload: outcome.payload ?? effect.payload, lastError: outcome.error };
  }
  return { last: outcomes.at(-1), outcomes, told };
}

describe('a start', () => {
  it('that another instance has by the time it would go out is left to that one, and counts as no try', async () => {
    const { last, told } = await perform(new ScriptedOrca([WITHDRAWN]));

    expect(last).toEqual({ kind: 'postponed', afterMs: 0, error: 'lost' });
    expect(told).toEqual([]);
  });

  it('is posted once with ids of its own when orca takes it', async () => {
    const orca = new ScriptedOrca([ACCEPTED]);
    const { last, told } = await perform(orca);

    const ids = startIds('I/P/hash', AT, 0);
    expect(last).toEqual({ kind: 'done' });
    expect(orca.posted).toMatchObject([
      { executionId: ids.executionId, trigger: { correlationId: ids.correlationId } },
    ]);
    expect(told).toEqual(['started /pipelines/X']);
  });

  it.each<[string, ExecutionLookUp, number]>([
    ['is not posted where orca knows it', { kind: 'found', status: 'RUNNING', startTime: 1 }, 0],
    ['is posted where orca does not know it', { kind: 'absent' }, 1],
  ])('whose instance was lost in the middle of a try %s', async (_name, lookUp, posts) => {
    const orca = new ScriptedOrca([ACCEPTED], [lookUp]);
    const { last } = await perform(orca, pipeline(), {}, { interrupted: true });

    expect(last).toEqual({ kind: 'done' });
    expect([orca.lookedUp.length, orca.posted.length]).toEqual([1, posts]);
  });

  it('whose instance was lost is not posted where that one had gone on to the next ids', async () => {
    const started: ExecutionLookUp = { kind: 'found', status: 'SUCCEEDED', startTime: 1 };
    const orca = new ScriptedOrca([ACCEPTED], [{ kind: 'found', status: 'TERMINAL' }, started]);
    const { last } = await perform(orca, pipeline(), {}, { interrupted: true });

    expect(last).toEqual({ kind: 'done' });
    expect(orca.posted).toEqual([]);
    expect(orca.lookedUp).toEqual([0, 1].map((spent) => startIds('I/P/hash', AT, spent).executionId));
  });

  it("with the caller's own id is posted again where orca keeps it as failed, whoever tried", async () => {
    const orca = new ScriptedOrca([ACCEPTED], [{ kind: 'found', status: 'TERMINAL' }]);
    await perform(orca, pipeline({ executionId: 'MINE' }), {}, { interrupted: true });

    expect([orca.lookedUp.length, orca.posted.length]).toEqual([1, 1]);
  });

  it("keeps the caller's own ids", async () => {
    const orca = new ScriptedOrca([ACCEPTED]);
    await perform(orca, pipeline({ executionId: 'MINE', trigger: { type: 'manual', correlationId: 'C' } }));
    expect(orca.posted).toMatchObject([{ executionId: 'MINE', trigger: { correlationId: 'C' } }]);
  });

  it('gives up at once on a final refusal', async () => {
    const orca = new ScriptedOrca([REFUSED]);
    const { last, told } = await perform(orca);
    expect(last).toEqual({ kind: 'dead', error: 'no such stage' });
    expect(told).toEqual(['failed http-400']);
  });

  it.each([
    ['a refusal that may pass', BUSY],
    ['a call that never reached orca', UNSENT],
  ])('is posted again after %s, without asking orca for it', async (_what, answer) => {
    const orca = new ScriptedOrca([answer, answer, ACCEPTED]);
    const { last, outcomes } = await perform(orca);
    expect(last).toEqual({ kind: 'done' });
    expect(outcomes[0]).toMatchObject({ kind: 'retry', afterMs: 5000 });
    expect(orca.posted).toHaveLength(3);
    expect(orca.lookedUp).toEqual([]);
  });

  it('makes the configured number of tries', async () => {
    const orca = new ScriptedOrca([BUSY, BUSY, BUSY, ACCEPTED]);
    const { last, told } = await perform(orca);
    expect(last).toEqual({ kind: 'dead', error: 'slow down' });
    expect(orca.posted).toHaveLength(3);
    expect(told).toEqual(['retried', 'retried', 'failed http-429']);
  });

  it.each([0, 1])('makes one try when %i are configured', async (count) => {
    const orca = new ScriptedOrca([BUSY]);
    await perform(orca, pipeline(), { 'orca.pipelineInitiatorRetryCount': count });
    expect(orca.posted).toHaveLength(1);
  });

  it('is not posted again when orca knows the execution of an unclear try', async () => {
    const orca = new ScriptedOrca([UNCLEAR], [{ kind: 'found', status: 'RUNNING', startTime: AT }]);
    const { last, told } = await perform(orca);
    expect(last).toEqual({ kind: 'done' });
    expect(orca.posted).toHaveLength(1);
    expect(orca.lookedUp).toEqual([startIds('I/P/hash', AT, 0).executionId]);
    expect(told).toEqual([`started ${startIds('I/P/hash', AT, 0).executionId}`]);
  });

  it('is posted again under the same ids when orca does not know it', async () => {
    const orca = new ScriptedOrca([UNCLEAR, ACCEPTED], [{ kind: 'absent' }]);
    await perform(orca);
    expect(orca.posted).toHaveLength(2);
    expect(orca.posted[1]).toEqual(orca.posted[0]);
  });

  it('takes new ids when orca keeps the try as failed before it started', async () => {
    const orca = new ScriptedOrca(
      [UNCLEAR, UNCLEAR, ACCEPTED],
      [
        { kind: 'found', status: 'TERMINAL' },
        { kind: 'found', status: 'TERMINAL' },
      ],
    );
    await perform(orca);
    const ids = orca.posted.map(({ executionId }) => executionId);
    expect(ids).toEqual([0, 1, 2].map((attempt) => startIds('I/P/hash', AT, attempt).executionId));
  });

  it('learns the truth about an unclear last try', async () => {
    const orca = new ScriptedOrca([BUSY, BUSY, UNCLEAR], [{ kind: 'found', status: 'SUCCEEDED', startTime: AT }]);
    const { last } = await perform(orca);
    expect(last).toEqual({ kind: 'done' });
  });

  it('is dead after an unclear last try that orca does not know, and is never posted more often', async () => {
    const orca = new ScriptedOrca([UNCLEAR, UNCLEAR, UNCLEAR, ACCEPTED]);
    const { last, told } = await perform(orca);
    expect(last).toEqual({ kind: 'dead', error: 'orca answered 503' });
    expect(orca.posted).toHaveLength(3);
    expect(orca.lookedUp).toHaveLength(3);
    expect(told.at(-1)).toBe('failed retries-exhausted');
  });

  it('is never posted again while orca cannot be asked', async () => {
    const unknown: ExecutionLookUp = { kind: 'unknown', message: 'down' };
    const orca = new ScriptedOrca([UNCLEAR, ACCEPTED], Array<ExecutionLookUp>(20).fill(unknown));
    const { last } = await perform(orca);
    expect(last?.kind).toBe('dead');
    expect(orca.posted).toHaveLength(1);
  });

  it('is exactly what the original posts when idempotent starts are off', async () => {
    const orca = new ScriptedOrca([UNCLEAR, ACCEPTED]);
    await perform(orca, pipeline(), { 'orca.idempotentStarts': false });
    expect(orca.posted).toHaveLength(2);
    expect(orca.lookedUp).toEqual([]);
    expect(orca.posted[0]).not.toHaveProperty('executionId');
    expect(orca.posted[0]?.trigger).not.toHaveProperty('correlationId');
  });
});

describe('a start that was written down ahead of its instant', () => {
  const early = { payload: { ...payloadOf(pipeline()), unasked: true } };
  const off: Permission = { kind: 'switched-off', by: 'orca.enabled is false' };

  it('is held back at its first attempt when a switch says so', async () => {
    const orca = new ScriptedOrca([ACCEPTED]);

    const { outcomes, told } = await perform(orca, pipeline(), {}, early, off);

    expect(outcomes).toEqual([{ kind: 'suppressed', error: 'orca.enabled is false' }]);
    expect(told).toEqual(['suppressed orca.enabled is false']);
    expect(orca.posted).toEqual([]);
  });

  it('is counted as it goes out, once', async () => {
    const { told } = await perform(new ScriptedOrca([BUSY, ACCEPTED]), pipeline(), {}, early);

    expect(told).toEqual(['requested', 'retried', 'started /pipelines/X']);
  });

  it('goes on whatever the switches say when another instance had begun it', async () => {
    const orca = new ScriptedOrca([], [{ kind: 'found', status: 'RUNNING', startTime: 1 }]);

    const { told } = await perform(orca, pipeline(), {}, { ...early, interrupted: true }, off);

    expect(told).toEqual([expect.stringMatching(/^started /)]);
  });
});

describe('in SQL mode a start', () => {
  const sql = { 'sql.enabled': true, 'orca.startMaxAgeMs': 900_000, 'orca.pipelineInitiatorRetryDelayMillis': 5000 };

  it("goes on after the original's tries, ever more slowly, until it is too old", async () => {
    const orca = new ScriptedOrca([]);
    const { last, outcomes, told } = await perform(orca, pipeline(), sql);

    const pauses = outcomes.flatMap((outcome) => (outcome.kind === 'retry' ? (outcome.afterMs ?? 0) : []));
    expect(pauses.slice(0, 2)).toEqual([5000, 5000]);
    expect(Math.max(...pauses)).toBeGreaterThan(45_000);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(900_000);
    expect(last).toEqual({ kind: 'dead', error: 'too old: refused' });
    expect(told.at(-1)).toBe('failed too-old');
  });

  it('is made by whoever finds it, if that is in time', async () => {
    const orca = new ScriptedOrca([ACCEPTED]);
    const { last } = await perform(orca, pipeline(), sql, { createdAt: AT - 899_999, attempts: 7 });
    expect(last).toEqual({ kind: 'done' });
  });

  it('is not made when it is found too late, unless its last try is running', async () => {
    const late = { createdAt: AT - 900_000, interrupted: true } as const;
    const lost = new ScriptedOrca([ACCEPTED], [{ kind: 'absent' }]);
    expect((await perform(lost, pipeline(), sql, late)).last).toMatchObject({ kind: 'dead' });
    expect(lost.posted).toEqual([]);

    const found = new ScriptedOrca([], [{ kind: 'found', status: 'RUNNING', startTime: 1 }]);
    expect((await perform(found, pipeline(), sql, late)).last).toEqual({ kind: 'done' });
  });
});

describe('a start that is skipped while the last run of its trigger is not over', () => {
  const given = pipeline({ trigger: { id: 'T', type: 'cron' } });
  const skipping = { payload: { ...payloadOf(given), skipIfRunning: true } };
  const execution = (id: string, status: string, triggerId = 'T') => ({ id, status, triggerId });
  const orcaRunning = (...executions: object[]) =>
    Object.assign(new ScriptedOrca([ACCEPTED]), { latestExecutions: () => Promise.resolve(executions) });

  it.each(['RUNNING', 'NOT_STARTED', 'PAUSED', 'BUFFERED'])('does not go out while one is %s', async (status) => {
    const orca = orcaRunning(execution('done', 'SUCCEEDED'), execution('E1', status));

    const { outcomes, told } = await perform(orca, given, {}, skipping);

    expect(outcomes).toEqual([{ kind: 'suppressed', error: 'overlapPolicy skip: E1 still runs' }]);
    expect(told).toEqual(['suppressed overlapPolicy skip: E1 still runs']);
    expect(orca.posted).toEqual([]);
  });

  it('goes out when all are over, are of other triggers, or are this very start', async () => {
    const own = startIds('I/P/hash', AT, 0).executionId;
    const orca = orcaRunning(
      execution('E1', 'TERMINAL'),
      execution('E2', 'RUNNING', 'other'),
      execution(own, 'RUNNING'),
    );

    expect((await perform(orca, given, {}, skipping)).told).toEqual(['started /pipelines/X']);
  });

  it('goes out when orca cannot say', async () => {
    const orca = Object.assign(new ScriptedOrca([ACCEPTED]), {
      latestExecutions: () => Promise.reject(new Error('no')),
    });

    expect((await perform(orca, given, {}, skipping)).told).toEqual(['started /pipelines/X']);
  });

  it('is not held up by its own tries', async () => {
    const orca = Object.assign(new ScriptedOrca([BUSY, ACCEPTED]), {
      latestExecutions: () => Promise.resolve(orca.posted.length > 0 ? [execution('E1', 'RUNNING')] : []),
    });

    expect((await perform(orca, given, {}, skipping)).told).toEqual(['retried', 'started /pipelines/X']);
  });
});
