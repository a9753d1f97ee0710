import type { INestApplicationContext } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpPeer, type ReceivedRequest, json } from '../../test/support/http-peer.js';
import { ManualClock } from '../../test/support/manual-clock.js';
import { nestContext } from '../../test/support/nest-context.js';
import { TestSettings } from '../../test/support/test-settings.js';
import { artifact, artifactsFound } from '../artifacts/index.js';
import { Bus } from '../events/index.js';
import { Outbox } from '../outbox/index.js';
import { ArtifactEmitterModule } from './artifact-emitter.module.js';

let clock: ManualClock;
let statuses: number[];
let received: ReceivedRequest[];
let peer: HttpPeer;
let context: INestApplicationContext;

beforeEach(async () => {
  clock = new ManualClock();
  statuses = [];
  received = [];
  peer = await HttpPeer.start((request) => {
    received.push(request);
    return json({}, statuses.shift() ?? 202);
  });
});

afterEach(async () => {
  await context.close();
  await peer.close();
});

async function begin(settings: object = {}): Promise<void> {
  const given = new TestSettings({ 'keel.baseUrl': peer.url, ...settings });
  context = await nestContext([ArtifactEmitterModule], { settings: given, clock });
}

const bodies = (): unknown[] => received.map(({ body }) => JSON.parse(body) as unknown);

async function found(name: string): Promise<void> {
  const artifacts = [artifact({ type: 'docker/image', name })];
  await context.get(Bus, { strict: false }).publishAndWait(artifactsFound, { artifacts });
}

async function atState(state: string): Promise<void> {
  const outbox = context.get(Outbox, { strict: false });
  while ((await outbox.latest(1))[0]?.state !== state) await new Promise((resolve) => setImmediate(resolve));
}

const whole = (name: string): object => ({
  ...{ type: 'docker/image', customKind: false, name, version: null, location: null, reference: null },
  ...{ metadata: {}, artifactAccount: null, provenance: null, uuid: null },
});

describe('artifacts that a message brought', () => {
  it('are told to keel with all their members', async () => {
    await begin();
    await found('i');
    await atState('done');

    expect(received).toMatchObject([{ method: 'POST', url: '/artifacts/events' }]);
    expect(bodies()).toEqual([
      { eventName: 'spinnaker_artifacts', payload: { details: null, artifacts: [whole('i')] } },
    ]);
  });

  it('are told under the names that are configured', async () => {
    await begin({ 'artifactEmitter.eventName': 'mine', 'artifactEmitter.fieldName': 'data' });
    await found('i');
    await atState('done');

    expect(bodies()).toMatchObject([{ eventName: 'mine', data: { artifacts: [{ name: 'i' }] } }]);
  });

  it('are told each time, also when they are the same', async () => {
    await begin();
    await found('i');
    await found('i');
    await atState('done');

    expect(received).toHaveLength(2);
  });

  it('are told again when keel does not take them', async () => {
    statuses = [503];
    await begin();
    await found('i');
    await clock.untilWaiting(1200);
    await clock.advance(1200);
    await atState('done');

    expect(received).toHaveLength(2);
  });
});
