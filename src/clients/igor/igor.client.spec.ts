import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type PeerReply, type ReceivedRequest, json } from '../../../test/support/http-peer.js';
import { ManualClock } from '../../../test/support/manual-clock.js';
import { nestContext } from '../../../test/support/nest-context.js';
import { TestSettings } from '../../../test/support/test-settings.js';
import { ClientsModule, IgorClient } from '../index.js';

const identity = { headers: { 'x-spinnaker-user': 'anonymous', 'x-spinnaker-request-id': 'R1' } };
const build = { master: 'my master', job: 'folder/my job', buildNumber: 7 };

let clock: ManualClock;
let replies: PeerReply[];
let received: ReceivedRequest[];
let peer: HttpPeer;
let contexts: INestApplicationContext[];
let igor: IgorClient;

async function igorWith(settings: Record<string, unknown>): Promise<IgorClient> {
  const values = new TestSettings({ 'igor.baseUrl': peer.url, 'igor.enabled': true, ...settings });
  const context = await nestContext([ClientsModule], { settings: values, clock });
  contexts.push(context);
  return context.get(IgorClient);
}

/** Answers in this order; the last one again and again. */
function answer(...all: PeerReply[]): void {
  replies = all;
}

beforeEach(async () => {
  clock = new ManualClock();
  contexts = [];
  received = [];
  answer(json({}));
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return (replies.length > 1 ? replies.shift() : replies[0]) ?? json({});
  });
  igor = await igorWith({});
});

afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  await peer.close();
});

const urls = (): string[] => received.map(({ url }) => url);

describe('Asking igor about a build', () => {
  it('gives the job as part of the path, its folders kept', async () => {
    answer(json({ number: 7 }), json({ version: '1.2' }), json([{ type: 'deb' }]));

    expect(await igor.buildStatus(build, identity)).toEqual({ number: 7 });
    expect(await igor.properties(build, 'p x.properties', identity)).toEqual({ version: '1.2' });
    expect(await igor.artifacts(build, 'p x.properties', identity)).toEqual([{ type: 'deb' }]);

    expect(urls()).toEqual([
      '/builds/status/7/my%20master/folder/my%20job',
      '/builds/properties/7/p%20x.properties/my%20master/folder/my%20job',
      '/builds/artifacts/7/my%20master/folder/my%20job?propertyFile=p%20x.properties',
    ]);
    expect(received.every(({ method }) => method === 'GET')).toBe(true);
    expect(received[0]?.headers).toMatchObject(identity.headers);
  });

  it('can give the job as a query parameter', async () => {
    answer(json({}), json({}), json([]));
    const inQuery = await igorWith({ 'feature.igor.jobNameAsQueryParameter': true });

    await inQuery.buildStatus(build, identity);
    await inQuery.properties(build, 'p', identity);
    await inQuery.artifacts(build, 'p', identity);

    expect(urls()).toEqual([
      '/builds/status/7/my%20master?job=folder%2Fmy%20job',
      '/builds/properties/7/p/my%20master?job=folder%2Fmy%20job',
      '/builds/artifacts/7/my%20master?job=folder%2Fmy%20job&propertyFile=p',
    ]);
  });

  it.each([
    { ...build, master: '' },
    { ...build, job: '' },
    { buildNumber: 7, job: 'j' },
  ])('asks nothing without a master or a job (%#)', async (incomplete) => {
    expect(await igor.buildStatus(incomplete, identity)).toEqual({});
    expect(await igor.properties(incomplete, 'p', identity)).toEqual({});
    expect(await igor.artifacts(incomplete, 'p', identity)).toEqual([]);

    expect(received).toEqual([]);
  });

  it.each([undefined, ''])('asks for no properties or artifacts without a property file (%j)', async (file) => {
    expect(await igor.properties(build, file, identity)).toEqual({});
    expect(await igor.artifacts(build, file, identity)).toEqual([]);

    expect(received).toEqual([]);
  });

  it('knows that a travis build has properties under its own name, but no artifacts', async () => {
    const travis = { ...build, master: 'm-travis-ci' };

    await igor.properties(travis, '', identity);
    await igor.artifacts(travis, '', identity);

    expect(urls()).toEqual(['/builds/properties/7/travis/m-travis-ci/folder/my%20job']);
  });

  it.each([json([]), { kind: 'answer', status: 200, type: 'text/html', body: '<html>' } as const])(
    'fails at once on an answer that is no build (%#)',
    async (odd) => {
      answer(odd);

      await expect(igor.buildStatus(build, identity)).rejects.toMatchObject({ code: 'unusable-answer' });
      expect(received).toHaveLength(1);
    },
  );
});

describe('Asking igor again', () => {
  it('happens two seconds after a failure', async () => {
    answer(json({}, 500), { kind: 'reset' }, json({ number: 7 }));
    const status = igor.buildStatus(build, identity);

    await clock.untilWaiting(2000);
    await clock.advance(1999);
    expect(received).toHaveLength(1);
    await clock.advance(1);
    await clock.untilWaiting(2000);
    await clock.advance(2000);

    expect(await status).toEqual({ number: 7 });
    expect(received).toHaveLength(3);
  });

  it('ends after five tries', async () => {
    answer(json({ message: 'down' }, 503));
    const status = igor.buildStatus(build, identity).catch((error: unknown) => error);
    for (let pause = 0; pause < 4; pause++) {
      await clock.untilWaiting(2000);
      await clock.advance(2000);
    }

    expect(await status).toMatchObject({ code: 'http-503' });
    expect(received).toHaveLength(5);
    expect(clock.waiting).toBe(0);
  });

  it.each([400, 404])('does not happen after a %i', async (status) => {
    answer(json({}, status));

    await expect(igor.properties(build, 'p', identity)).rejects.toMatchObject({ code: `http-${status}` });
    expect(received).toHaveLength(1);
  });
});

describe('Looking up an artifact', () => {
  it('asks for one version of a package', async () => {
    answer(json({ type: 'deb', name: 'g:a' }));

    expect(await igor.artifact('jfrog repo', 'g:a', '1.0+b', identity)).toEqual({ type: 'deb', name: 'g:a' });

    expect(urls()).toEqual(['/artifacts/jfrog%20repo/g%3Aa/1.0%2Bb']);
  });

  it('asks once', async () => {
    answer(json({}, 500));

    await expect(igor.artifact('p', 'n', 'v', identity)).rejects.toMatchObject({ code: 'http-500' });
    expect(received).toHaveLength(1);
  });
});

describe('Google Cloud Build', () => {
  const anonymous = { ...identity.headers, 'x-spinnaker-anonymous': 'anonymous' };

  it('has its builds reported with its own message, once', async () => {
    answer(json({}, 500));
    const reported = igor.cloudBuildChanged({ account: 'my acc', buildId: 'B' }, 'QUEUED', '{"n": 1.0}', identity);

    await expect(reported).rejects.toMatchObject({ code: 'http-500' });
    expect(received).toMatchObject([
      { method: 'PUT', url: '/gcb/builds/my%20acc/B?status=QUEUED', body: '{"n": 1.0}', headers: anonymous },
    ]);
  });

  it('has its artifacts read out of its message', async () => {
    answer(json([{ type: 'gcs/object' }]));

    expect(await igor.cloudBuildArtifacts('my-acc', '{"key":"value"}', identity)).toEqual([{ type: 'gcs/object' }]);
    expect(received).toMatchObject([
      { method: 'PUT', url: '/gcb/artifacts/extract/my-acc', body: '{"key":"value"}', headers: anonymous },
    ]);
  });
});

describe('Whether there is an igor', () => {
  it('is said by the configuration', async () => {
    expect(igor.enabled).toBe(true);
    expect((await igorWith({ 'igor.enabled': false })).enabled).toBe(false);
  });
});
