import { beforeEach, describe, expect, it } from 'vitest';
import { type Held, HandlerBench, pipelineWith } from '../../../../test/support/handler-bench.js';
import { RecordedLog } from '../../../../test/support/recorded-log.js';
import type { BuildRef, IgorClient } from '../../../clients/index.js';
import type { JsonObject, JsonValue } from '../../../platform/json/index.js';
import type { Identity } from '../../../platform/request-context/index.js';
import { IgorBuilds } from '../../builds/igor-builds.js';
import { BuildHandler } from './build.handler.js';

/** An igor whose answers a test sets, and can break. */
class ScriptedIgor {
  enabled = true;
  readonly asked: string[] = [];
  readonly users = new Set<string | undefined>();
  readonly broken = new Set<string>();
  status: JsonObject = { abc: 123 };
  read: JsonObject = { def: '456', branch: 'feature/my-thing' };
  listed: JsonValue[] = [];

  buildStatus(build: BuildRef, identity: Identity): Promise<JsonObject> {
    return this.answer('status', build, identity, this.status);
  }

  properties(build: BuildRef, file: string | undefined, identity: Identity): Promise<JsonObject> {
    return this.answer(`properties ${file ?? ''}`, build, identity, this.read);
  }

  artifacts(build: BuildRef, file: string | undefined, identity: Identity): Promise<readonly JsonValue[]> {
    return this.answer(`artifacts ${file ?? ''}`, build, identity, this.listed);
  }

  private answer<T>(what: string, { master, job, buildNumber }: BuildRef, identity: Identity, answer: T): Promise<T> {
    this.asked.push(`${what} of ${master ?? ''}/${job ?? ''}/${buildNumber}`);
    this.users.add(identity.headers['x-spinnaker-user']);
    const isBroken = [...this.broken].some((name) => what.startsWith(name));
    return isBroken ? Promise.reject(new Error(`no ${what}`)) : Promise.resolve(answer);
  }
}

let igor: ScriptedIgor;
let bench: HandlerBench;
let log: RecordedLog;

beforeEach(() => {
  log = RecordedLog.start();
  igor = new ScriptedIgor();
  const identity = { 'x-spinnaker-user': 'ann', 'x-spinnaker-request-id': 'R' };
  bench = new HandlerBench(new BuildHandler(new IgorBuilds(igor as unknown as IgorClient)), { identity });
});

const trigger = { type: 'jenkins', master: 'master', job: 'job' };

const eventOf = (build: object | null, more: object = {}) => ({
  details: { type: 'build', source: 'igor' },
  content: { master: 'master', project: { name: 'job', lastBuild: build }, ...more },
  eventId: 'E',
});
const success = { building: false, number: 1, result: 'SUCCESS', url: 'http://ci/1' };
const hold = (...triggers: object[]): Promise<Held> => bench.hold(eventOf(success), ...triggers);

describe('a successful build', () => {
  it.each(['jenkins', 'travis', 'wercker', 'concourse', 'gitlab-ci'])(
    'starts %s triggers (core.md §10, tests 70 to 76)',
    async (type) => {
      const { started, tags } = await hold({ ...trigger, type, hash: 'h', tag: 't' });

      const link = 'http://ci/1';
      expect(started).toMatchObject([{ type, master: 'master', job: 'job', buildNumber: 1, link, eventId: 'E' }]);
      expect(started[0]).not.toHaveProperty('hash');
      expect(started[0]).not.toHaveProperty('tag');
      expect(tags).toEqual([{ monitor: 'BuildEventHandler', application: 'application' }]);
    },
  );

  it('starts each pipeline that waits for it (test 77)', async () => {
    const pipelines = ['A', 'B'].map((id) => pipelineWith([trigger], { id }));

    expect((await bench.holdAgainst(eventOf(success), ...pipelines)).started).toHaveLength(2);
  });

  it.each([
    { job: 'someOtherJob' },
    { job: 'JOB' },
    { job: null },
    { master: 'FOO' },
    { master: null },
    { enabled: false },
    { type: 'not jenkins' },
    { type: 'git' },
  ])('starts only the good one beside a trigger with %j (tests 78, 84 to 98)', async (bad) => {
    expect((await hold({ ...trigger, ...bad }, trigger)).started).toHaveLength(1);
  });
});

describe('a build event', () => {
  it.each([
    [{ ...success, result: 'FAILURE' }],
    [{ ...success, result: 'UNSTABLE' }],
    [{ ...success, result: 'ABORTED' }],
    [{ ...success, result: 'NOT_BUILT' }],
    [{ ...success, result: null }],
    [{ ...success, building: true }],
    [{}],
    [null],
  ])('with the build %j starts nothing (tests 80 to 83)', async (build) => {
    const held = await bench.hold(eventOf(build), trigger);

    expect(held).toMatchObject({ started: [], rejections: [], unusable: undefined });
    expect(igor.asked).toEqual([]);
  });

  it('that only asks whether Echo is there starts nothing', async () => {
    expect(await bench.hold(eventOf({}, { master: 'IgorHealthCheck' }), trigger)).toMatchObject({ started: [] });
  });

  it('without a project starts nothing, without content it is of no use', async () => {
    expect(await bench.hold(eventOf(success, { project: null }), trigger)).toMatchObject({ unusable: undefined });
    expect(await bench.hold({ details: { type: 'build' } }, trigger)).toMatchObject({ unusable: 'content: missing' });
  });

  it('with an unknown result is of no use', async () => {
    await expect(bench.hold(eventOf({ ...success, result: 'GREAT' }), trigger)).rejects.toThrow(
      /^content\.project\.lastBuild\.result: expected one of SUCCESS, .*, got 'GREAT'$/,
    );
  });

  it('may lack number and url', async () => {
    igor.enabled = false;
    const { started } = await bench.hold(eventOf({ result: 'SUCCESS' }), { ...trigger, link: 'configured' });

    expect(started).toMatchObject([{ buildNumber: 0 }]);
    expect(started[0]).not.toHaveProperty('link');
  });

  it('tells news by master, job and number', () => {
    const handler = new BuildHandler(new IgorBuilds(igor as unknown as IgorClient));
    const news = { master: 'm', job: 'j', number: 7, url: undefined, artifacts: [] };

    expect(handler.newsKey({ ...news, url: 'http://other' })).toBe(handler.newsKey(news));
    for (const other of [{ master: 'n' }, { job: 'k' }, { number: 8 }]) {
      expect(handler.newsKey({ ...news, ...other })).not.toBe(handler.newsKey(news));
    }
  });
});

describe('what igor knows of the build', () => {
  it('is filled in, in the order of the original: status, properties, artifacts (tests 99, 101)', async () => {
    const { started } = await hold({ ...trigger, propertyFile: 'property-file' });

    expect(started).toMatchObject([{ buildInfo: { abc: 123 }, properties: igor.read }]);
    expect(igor.asked).toEqual([
      'status of master/job/1',
      'properties property-file of master/job/1',
      'artifacts property-file of master/job/1',
    ]);
  });

  it('is asked for once, however many triggers need it (decisions.md 30)', async () => {
    const constrained = { ...trigger, propertyFile: 'f', payloadConstraints: {} };

    const { started } = await hold(trigger, { ...trigger, propertyFile: 'f' }, constrained);

    expect(started).toHaveLength(3);
    expect(igor.asked.toSorted()).toEqual([
      'artifacts  of master/job/1',
      'artifacts f of master/job/1',
      'properties  of master/job/1',
      'properties f of master/job/1',
      'status of master/job/1',
    ]);
  });

  it.each([
    [null, 'anonymous'],
    ['', 'anonymous'],
    [' svc@x ', 'svc@x'],
  ])("is asked for as the trigger's user: %j is %s", async (runAsUser, user) => {
    await hold({ ...trigger, runAsUser });

    expect([...igor.users]).toEqual([user]);
  });

  it('is asked for each user on its own', async () => {
    await hold(trigger, { ...trigger, runAsUser: 'svc@x' });

    expect(igor.asked.filter((question) => question.startsWith('status'))).toHaveLength(2);
  });

  it('brings artifacts: of the event, of the property file, of the build', async () => {
    igor.listed = [{ type: 'deb', name: 'listed' }];
    igor.status = { artifacts: [{ fileName: 'a.jar' }] };
    const event = eventOf({ ...success, artifacts: [{ type: 'maven/file', name: 'own' }] });

    const { started } = await bench.hold(event, trigger);

    expect(started[0]?.received).toEqual([
      { type: 'maven/file', name: 'own', customKind: false, metadata: {} },
      { type: 'deb', name: 'listed', customKind: false, metadata: {} },
      { customKind: false, metadata: { fileName: 'a.jar' } },
    ]);
  });

  it.each(['status', 'properties'])('is left out when igor has no %s, and the pipeline starts', async (part) => {
    igor.broken.add(part);
    igor.listed = [{ type: 'deb', name: 'listed' }];

    const { started } = await hold(trigger);

    expect(started).toHaveLength(1);
    expect(started[0]).not.toHaveProperty('buildInfo');
    expect(started[0]).not.toHaveProperty('properties');
    expect(started[0]?.received).toMatchObject([{ name: 'listed' }]);
    expect(log.at('warn')).toEqual([
      `Could not get the build 1 of master/job, going on without: no ${part}${part === 'status' ? '' : ' '}`.trim(),
    ]);
  });

  it.each([
    ['igor has none', () => igor.broken.add('artifacts')],
    ['those of the build are none', () => (igor.status = { artifacts: 'x' })],
  ])('has no artifacts at all when %s, and the pipeline starts', async (_what, breakIt) => {
    breakIt();
    const event = eventOf({ ...success, artifacts: [{ type: 'maven/file', name: 'own' }] });

    const { started } = await bench.hold(event, trigger);

    expect(started).toMatchObject([{ properties: igor.read, received: [] }]);
    expect(log.at('warn')).toHaveLength(1);
  });

  it('is not asked for without igor: then there are no artifacts either', async () => {
    igor.enabled = false;
    const event = eventOf({ ...success, artifacts: [{ type: 'maven/file', name: 'own' }] });

    const { started } = await bench.hold(event, trigger);

    expect(started).toMatchObject([{ buildNumber: 1, received: [] }]);
    expect(started[0]).not.toHaveProperty('buildInfo');
    expect(igor.asked).toEqual([]);
  });
});

describe("the payload constraints of a build's trigger", () => {
  const constrained = (payloadConstraints: object): object => ({ ...trigger, propertyFile: 'f', payloadConstraints });

  it('are held against the property file (test 103)', async () => {
    expect((await hold(constrained({ def: '^[0-9]*$', branch: '^(feature)/.*$' }))).started).toHaveLength(1);
    expect(igor.asked.filter((question) => question.startsWith('properties'))).toHaveLength(1);
  });

  it('that are not met cost one question only', async () => {
    expect((await hold(constrained({ branch: '^dev$' }))).rejections).toEqual([
      'payloadConstraints: branch: ^dev$ | feature/my-thing',
    ]);
    expect(igor.asked).toEqual(['properties f of master/job/1']);
  });

  it.each([
    ['without igor', () => (igor.enabled = false)],
    ['when igor cannot tell', () => igor.broken.add('properties')],
  ])('are held against nothing %s', async (_what, prepare) => {
    prepare();

    expect((await hold(constrained({ def: '4' }))).rejections).toEqual(['payloadConstraints: def: 4 | nothing']);
    expect((await hold(constrained({}))).started).toHaveLength(1);
  });
});
