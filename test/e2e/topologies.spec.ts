import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSpinnaker, startFakeSpinnaker } from '../support/fake-spinnaker.js';
import { OrcaStore } from '../support/orca-store.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { metricOf } from '../support/shown-metrics.js';
import { secondsBetween } from '../support/ticking-world.js';
import { type Member, Topology } from '../support/topology.js';
import { ulidTime } from '../support/ulid-time.js';
import { until } from '../support/until.js';
import { webhookPipeline } from '../support/webhook-pipeline.js';

const EVENTS = 12;
/** Compensation looks often, and lets a scheduler be late: a busy machine is. */
const QUICK = {
  SCHEDULER_COMPENSATIONJOB_TOLERANCEMS: '4000',
  SCHEDULER_COMPENSATIONJOB_SPREADMS: '0',
  SCHEDULER_COMPENSATIONJOB_RECURRINGPOLLINTERVALMS: '200',
};

/** Saved now: what was due before is nobody's to repair. */
const ticking = () => ({
  application: 'app',
  name: 'ticking',
  id: 'ticking-id',
  triggers: [{ id: 'T', type: 'cron', enabled: true, cronExpression: '* * * * * ?' }],
  updateTs: String(Date.now()),
});

let orca: OrcaStore;
let spinnaker: FakeSpinnaker;
let topology: Topology;
let database: TestDatabase | undefined;

beforeEach(async () => {
  orca = new OrcaStore();
  spinnaker = await startFakeSpinnaker();
  spinnaker.orca.answering(orca.answer);
});

afterEach(async () => {
  await topology.close();
  await spinnaker.close();
  await database?.drop();
});

const executionsOf = (pipelineId: string) =>
  orca.executions.filter(({ pipelineConfigId }) => pipelineConfigId === pipelineId);

/** The slots that executions were started for. */
const slots = (): number[] => executionsOf('ticking-id').map(({ id }) => ulidTime(id));
const isStarted = (from: number, to: number): boolean => {
  const known = new Set(slots());
  return secondsBetween(from, to).every((second) => known.has(second));
};

/** Nothing was started a second time, be it under the same id. */
function expectOnce(): void {
  expect(new Set(slots()).size).toBe(slots().length);
  expect(orca.overwritten).toEqual([]);
}

const post = (url: string, n: number): Promise<Response> =>
  fetch(`${url}/webhooks/webhook/hook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n }),
  });

const accepted = ({ url }: Member): Promise<number> =>
  metricOf({ get: (path) => fetch(url + path) }, 'echo_events_accepted_total');

/** Sends events to the instances in turn, as a load balancer does. */
async function expectEventsSpreadOver(members: readonly Member[]): Promise<void> {
  expect(members).toHaveLength(3);
  for (let n = 0; n < EVENTS; n++) await post((members[n % members.length] as Member).url, n);

  await until(() => executionsOf('hook-id').length >= EVENTS);
  for (const member of members) expect(await accepted(member)).toBeGreaterThanOrEqual(EVENTS / members.length);
  const payloads = executionsOf('hook-id').map(({ trigger }) => (trigger['payload'] as { n: number }).n);
  expect(payloads.sort((a, b) => a - b)).toEqual(Array.from({ length: EVENTS }, (_, n) => n));
}

/** Every second is started once while the schedulers run, and while they do not. */
async function expectCronAndRepair(schedulers: readonly Member[]): Promise<void> {
  await until(() => slots().length > 0);
  const from = Math.min(...slots());
  await until(() => isStarted(from, from + 3000));

  const stopped = Date.now();
  await topology.stop(schedulers);
  await until(() => isStarted(from, stopped + 3000));
  expectOnce();
}

describe('The topologies of docker-compose.yml as plain processes', () => {
  it('in memory: three take events, one schedules, and one starts what was missed', async () => {
    topology = new Topology([webhookPipeline('hook'), ticking()], { ORCA_BASEURL: spinnaker.orca.url });
    const [echos, schedulers] = await Promise.all([topology.start('memory-echo'), topology.start('memory-scheduler')]);
    await topology.start('memory-missed-scheduler', QUICK);

    await expectEventsSpreadOver(echos);
    await expectCronAndRepair(schedulers);
  }, 180_000);

  it('with PostgreSQL: three take events and schedule, and one starts what was missed', async () => {
    database = await testDatabase();
    topology = new Topology([webhookPipeline('hook'), ticking()], {
      ORCA_BASEURL: spinnaker.orca.url,
      SQL_CONNECTIONPOOL_JDBCURL: database.url,
      SQL_CONNECTIONPOOL_USER: database.address.user,
    });
    const echos = await topology.start('sql-echo');
    await topology.start('sql-missed-scheduler', QUICK);

    await expectEventsSpreadOver(echos);
    await expectCronAndRepair(echos);
  }, 180_000);
});
