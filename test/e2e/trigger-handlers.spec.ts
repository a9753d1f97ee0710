import { afterEach, describe, expect, it } from 'vitest';
import { Bus } from '../../src/events/index.js';
import { type TriggerInvalid, triggerInvalid } from '../../src/pipelines/index.js';
import { type RunningEcho, startEcho } from '../support/echo.js';
import { FakeService } from '../support/fake-spinnaker.js';
import { json } from '../support/http-peer.js';
import { metricOf } from '../support/shown-metrics.js';

const pipelineWith = (id: string, ...triggers: object[]): object => ({
  application: 'app',
  name: id,
  id,
  stages: [],
  triggers: triggers.map((trigger) => ({ enabled: true, ...trigger })),
});

const jenkins = { type: 'jenkins', master: 'ci', job: 'j' };
const docker = { type: 'docker', account: 'hub', repository: 'o/r' };

const build = (eventId: string, number = 7): object => ({
  details: { type: 'build', source: 'igor' },
  content: { master: 'ci', project: { name: 'j', lastBuild: { building: false, number, result: 'SUCCESS' } } },
  eventId,
});
const image = (eventId: string, tag: string): object => ({
  details: { type: 'docker', source: 'igor' },
  content: { account: 'hub', registry: 'index.docker.io', repository: 'o/r', tag, digest: 'sha256:ab' },
  eventId,
});

let echo: RunningEcho;
let fiat: FakeService | undefined;

afterEach(async () => {
  await echo.close();
  await fiat?.close();
  fiat = undefined;
});

async function send(event: object, headers: Record<string, string> = {}): Promise<void> {
  expect((await echo.post('/', event, headers)).status).toBe(200);
  await echo.idle();
}

const started = (): unknown[] => echo.spinnaker.orca.posted('/orchestrate').map(({ name }) => name);

describe('a build', () => {
  it('is asked about once for all pipelines, as the caller’s request but not as the caller', async () => {
    echo = await startEcho({
      pipelines: [
        pipelineWith('a', jenkins),
        pipelineWith('b', jenkins),
        pipelineWith('c', { ...jenkins, runAsUser: 'svc' }),
      ],
      env: { IGOR_ENABLED: 'true' },
    });
    echo.spinnaker.igor.answering(() => json({ number: 7 }));

    await send(build('E'), { 'X-SPINNAKER-USER': 'ann', 'X-SPINNAKER-REQUEST-ID': 'R', 'X-SPINNAKER-ACCOUNTS': 'x' });

    expect(started()).toEqual(['a', 'b', 'c']);
    const asked = echo.spinnaker.igor.requests.map(({ url, headers }) => [
      url,
      headers['x-spinnaker-user'],
      headers['x-spinnaker-request-id'],
      headers['x-spinnaker-accounts'],
    ]);
    expect(asked.sort()).toEqual([
      ['/builds/status/7/ci/j', 'anonymous', 'R', 'x'],
      ['/builds/status/7/ci/j', 'svc', 'R', 'x'],
    ]);
  });
});

describe('a trigger’s user', () => {
  it('is asked for once in an event, and each denial counts', async () => {
    fiat = await FakeService.start(({ url }) =>
      json({ applications: url.endsWith('/joe') ? [{ name: 'app', authorizations: ['EXECUTE'] }] : [{ name: 'app' }] }),
    );
    echo = await startEcho({
      pipelines: [
        pipelineWith('denied', { ...docker, runAsUser: 'eve' }),
        pipelineWith('denied too', { ...docker, runAsUser: 'eve', tag: 'v.*' }),
        pipelineWith('allowed', { ...docker, runAsUser: 'joe' }),
        pipelineWith('not asked for', { ...docker, runAsUser: 'ann', tag: 'x' }),
      ],
      env: { SERVICES_FIAT_ENABLED: 'true', SERVICES_FIAT_BASEURL: fiat.url },
    });

    await send(image('E', 'v1'));

    expect(started()).toEqual(['allowed']);
    expect(fiat.requests.map(({ url }) => url).sort()).toEqual(['/authorize/eve', '/authorize/joe']);
    expect(await metricOf(echo, 'trigger_errors_accessdenied_total', { application: 'app', user: 'eve' })).toBe(2);
    expect(await echo.decisionsOn('E')).toContainEqual(
      expect.objectContaining({ pipelineName: 'denied', rule: 'permission', got: 'access denied' }),
    );
  });
});

describe('a trigger whose pattern is of no use', () => {
  const HOSTILE = '(?=((a+)+)+$)(?!b)(a|aa)+\\1?!';
  let told: TriggerInvalid[];

  it.each([
    ['invalid', { ...docker, tag: 'v[' }, image('E1', 'v1'), image('E2', 'v2')],
    ['slow', { ...docker, tag: HOSTILE }, image('E1', `${'a'.repeat(200)}b`), image('E2', `${'a'.repeat(201)}b`)],
  ])('is rejected and told of by name, once, while the others go on: %s', async (_kind, bad, first, second) => {
    echo = await startEcho({ pipelines: [pipelineWith('bad', bad), pipelineWith('good', { ...docker, tag: '.*' })] });
    told = [];
    echo.app.get(Bus).subscribe(triggerInvalid, 'test', (fault) => void told.push(fault));

    await send(first);
    await send(second);

    expect(started()).toEqual(['good', 'good']);
    expect(told).toMatchObject([{ application: 'app', pipelineName: 'bad', triggerType: 'docker' }]);
    expect(told[0]?.reason).toContain(bad.tag);
    expect(await echo.decisionsOn('E2')).toContainEqual(
      expect.objectContaining({ pipelineName: 'bad', kind: 'rejected', rule: 'tag', expected: bad.tag }),
    );
  });
});

describe('a sender that repeats itself', () => {
  const pipelines = [pipelineWith('a', jenkins, docker), pipelineWith('b', jenkins)];

  it('starts everything again unless the operator minds', async () => {
    echo = await startEcho({ pipelines });

    await send(build('E1'));
    await send(build('E2'));

    expect(started()).toEqual(['a', 'b', 'a', 'b']);
  });

  it('starts each trigger once for a build or an image with events.dedupe.builds', async () => {
    echo = await startEcho({ pipelines, env: { EVENTS_DEDUPE_BUILDS: 'true' } });

    await send(build('E1'));
    await send(build('E2'));
    await send(image('E3', 'v1'));
    await send(image('E4', 'v1'));
    await send(build('E5', 8));

    expect(started()).toEqual(['a', 'b', 'a', 'a', 'b']);
    expect(await echo.decisionsOn('E2')).toMatchObject([{ rule: 'repeat' }, { rule: 'repeat' }]);
  });
});
