import { afterEach, describe, expect, it } from 'vitest';
import { RoomAndPeer } from '../../test/support/room-and-peer.js';
import { artifact, artifactsFound } from '../artifacts/index.js';
import { ArtifactEmitterModule } from './artifact-emitter.module.js';

let scene: RoomAndPeer;

afterEach(() => scene.close());

async function begin(settings: object = {}): Promise<void> {
  scene = await RoomAndPeer.start(ArtifactEmitterModule, (keel) => ({ 'keel.baseUrl': keel, ...settings }));
}

const bodies = (): unknown[] => scene.received.map(({ body }) => JSON.parse(body) as unknown);

async function found(name: string): Promise<void> {
  await scene.bus.publishAndWait(artifactsFound, { artifacts: [artifact({ type: 'docker/image', name })] });
}

const whole = (name: string): object => ({
  ...{ type: 'docker/image', customKind: false, name, version: null, location: null, reference: null },
  ...{ metadata: {}, artifactAccount: null, provenance: null, uuid: null },
});

describe('artifacts that a message brought', () => {
  it('are told to keel with all their members', async () => {
    await begin();
    await found('i');
    await scene.until('done');

    expect(scene.received).toMatchObject([{ method: 'POST', url: '/artifacts/events' }]);
    expect(bodies()).toEqual([
      { eventName: 'spinnaker_artifacts', payload: { details: null, artifacts: [whole('i')] } },
    ]);
  });

  it('are told under the names that are configured', async () => {
    await begin({ 'artifactEmitter.eventName': 'mine', 'artifactEmitter.fieldName': 'data' });
    await found('i');
    await scene.until('done');

    expect(bodies()).toMatchObject([{ eventName: 'mine', data: { artifacts: [{ name: 'i' }] } }]);
  });

  it('are told each time, also when they are the same', async () => {
    await begin();
    await found('i');
    await found('i');
    await scene.until('done');

    expect(scene.received).toHaveLength(2);
  });

  it('are told again when keel does not take them', async () => {
    await begin();
    scene.statuses.push(503);
    await found('i');
    await scene.tryAgainAfter(1200);
    await scene.until('done');

    expect(scene.received).toHaveLength(2);
  });
});
