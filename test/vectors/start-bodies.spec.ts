import { afterEach, describe, expect, it } from 'vitest';
import { restartOf } from '../../src/compensation/restarts.js';
import { readPipeline, startBody } from '../../src/pipelines/index.js';
import { actionTrigger, readAction } from '../../src/scheduler/actions/action.js';
import { type CronTrigger, CronTriggers, Timetable, slotStart } from '../../src/slots/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { json } from '../support/http-peer.js';
import { TestSettings } from '../support/test-settings.js';
import { type Body, CASES, type Call, type StartCase, callsTo, compared, extraCall, peersWith } from './start-bodies.js';

let echo: RunningEcho;

afterEach(() => echo.close());

async function echoWith(pipeline: object, env: Record<string, string> = {}): Promise<void> {
  echo = await startEcho({ spinnaker: await peersWith([pipeline]), env });
}

async function send(event: object): Promise<void> {
  expect((await echo.post('/', event)).status).toBe(200);
  await echo.idle();
}

function expectCalls(wanted: readonly Call[]): void {
  const { actual, expected } = compared(callsTo(echo.spinnaker), wanted);
  expect(actual).toEqual(expected);
}

async function play({ pipeline, event, calls, igor }: StartCase): Promise<void> {
  await echoWith(pipeline, { IGOR_ENABLED: String(igor) });
  await send(event);
  expectCalls(calls);
}

const starting = CASES.filter(({ calls }) => calls.length > 0);
const silent = CASES.filter(({ calls }) => calls.length === 0);

describe('what orca is sent for an event', () => {
  it.each(starting)('is what the original sends: $name', play);
});

describe('an event that starts nothing in the original', () => {
  it.each(silent)('starts nothing, and the service goes on: $name', async (one) => {
    await play(one);

    const { application, name } = one.pipeline as { application: string; name: string };
    const content = { application, pipelineNameOrId: name, trigger: { type: 'manual' } };
    await send({ details: { type: 'manual' }, content });

    expect(callsTo(echo.spinnaker)).toMatchObject([{ path: '/orchestrate', body: { trigger: { type: 'manual' } } }]);
  });
});

/** The pipeline of the recorded starts by the clock, as front50 stores it. */
const nightly = readPipeline({
  application: 'app',
  name: 'Nightly',
  id: 'p-cron',
  index: 3,
  triggers: [
    {
      id: 't1',
      enabled: true,
      type: 'cron',
      cronExpression: '0 0 12 1/1 * ? *',
      parameters: { env: 'prod' },
      runAsUser: 'svc@x',
    },
  ],
  stages: [{ type: 'wait', name: 'Wait', refId: '1', requisiteStageRefIds: [] }],
  expectedArtifacts: null,
});

describe('what orca is sent for a slot', () => {
  const timetable = new Timetable(new TestSettings());
  const [ofPipeline] = new CronTriggers(timetable).of(nightly).usable as [CronTrigger];
  const action = { id: 'id1', application: 'app', pipelineId: 'p-cron', cronExpression: '* 10 0/12 1/1 * ? *' };
  const byHand = actionTrigger(readAction(JSON.stringify(action)), timetable);

  it.each([
    { name: 'cron fire', trigger: ofPipeline },
    { name: 'user-created action fire', trigger: byHand },
  ])('is what the original sends: $name', ({ name, trigger }) => {
    const { pipeline } = slotStart({ trigger, at: 0 }, nightly);

    const body = JSON.parse(startBody(pipeline)) as Body & { trigger: Body };

    expect(body.trigger['eventId']).toMatch(/^[0-9a-f-]{36}$/);
    expect({ ...body, trigger: { ...body.trigger, eventId: '<uuid>' } }).toEqual(extraCall(name).body);
  });
});

describe('what orca is sent for a slot that was missed', () => {
  it('is what the original sends', () => {
    const [trigger] = new CronTriggers(new Timetable(new TestSettings())).of(nightly).usable as [CronTrigger];
    const { pipeline } = restartOf({ pipeline: nightly, trigger, at: 0, key: 'k', start: undefined });

    expect(JSON.parse(startBody(pipeline))).toEqual(extraCall('compensation start').body);
  });
});

describe('a pipeline of a v1 template', () => {
  const planRequest = extraCall('templated v1: plan request');
  const { application, name, id, type, config } = planRequest.body;
  const template = { application, name, id, type, config, triggers: [{ type: 'webhook', enabled: true, source: 's' }] };
  const event = {
    details: { type: 'webhook', source: 's' },
    content: { parameters: { x: '1' } },
    payload: { x: '1' },
    eventId: 'E',
  };

  it('is planned when it starts, and what orca made of it is sent', async () => {
    const start = extraCall('templated v1: after plan');
    const { plan: _plan, disabled: _disabled, ...planned } = start.body;
    await echoWith(template);
    echo.spinnaker.orca.answering(({ url }) =>
      url === planRequest.path ? json({ ...planned, errors: [], origin: 'unknown' } satisfies Body) : undefined,
    );

    await send(event);

    expectCalls([planRequest, start]);
  });

  it('is sent unplanned when orca cannot plan it', async () => {
    await echoWith(template);
    echo.spinnaker.orca.answering(({ url }) => (url === planRequest.path ? json({}, 500) : undefined));

    await send(event);

    expectCalls([planRequest, extraCall('templated v1: plan failed')]);
  });
});
