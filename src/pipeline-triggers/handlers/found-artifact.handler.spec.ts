import { describe, expect, it } from 'vitest';
import { HandlerBench, pipelineWith } from '../../../test/support/handler-bench.js';
import { ArtifactoryHandler } from './artifactory/artifactory.handler.js';
import { NexusHandler } from './nexus/nexus.handler.js';

const reference = 'com.test.spinnaker:artifact:0.1.0-dev';
const artifact = { type: 'maven/file', name: 'com.test.spinnaker:artifact', reference, version: '0.1.0-dev' };

const REPOSITORIES = [
  {
    repository: 'artifactory',
    handler: new ArtifactoryHandler(),
    searchMember: 'artifactorySearchName',
    monitor: 'ArtifactoryEventHandler',
  },
  { repository: 'nexus', handler: new NexusHandler(), searchMember: 'nexusSearchName', monitor: 'NexusEventHandler' },
];

describe.each(REPOSITORIES)(
  'an artifact that a search in $repository found',
  ({ repository, handler, searchMember, monitor }) => {
    const trigger = { type: repository, [searchMember]: 'libs' };
    const bench = new HandlerBench(handler);
    const eventOf = (content: object | null) => ({ details: { type: repository }, content, eventId: 'E' });
    const found = eventOf({ name: 'libs', artifact });

    it('starts the pipeline and is its artifact (core.md §10, tests 197, 198)', async () => {
      const { started, tags } = await bench.hold(found, trigger);

      expect(started).toMatchObject([{ ...trigger, enabled: true, eventId: 'E' }]);
      expect(started[0]?.received).toEqual([{ ...artifact, customKind: false, metadata: {} }]);
      expect(tags).toEqual([{ monitor, application: 'application' }]);
    });

    it('may be missing from the event', async () => {
      expect((await bench.hold(eventOf({ name: 'libs' }), trigger)).started).toMatchObject([{ received: [] }]);
    });

    it('starts each pipeline that waits for it (test 199)', async () => {
      const pipelines = ['A', 'B'].map((id) => pipelineWith([trigger], { id }));

      expect((await bench.holdAgainst(found, ...pipelines)).started).toHaveLength(2);
    });

    it.each([{ enabled: false }, { type: 'git' }, { [searchMember]: 'groovy-name' }, { [searchMember]: null }])(
      'starts no trigger with %j (tests 200 to 202)',
      async (changes) => {
        expect((await bench.hold(found, { ...trigger, ...changes })).started).toEqual([]);
      },
    );

    it.each([
      ['com.test.spinnaker:artifact:.*', 1],
      ['com.test.spinnaker:artifact:1.1.*', 0],
    ])('is held against the expected artifact %s (tests 204, 205)', async (pattern, count) => {
      const expectedArtifacts = [{ id: 'a', matchArtifact: { type: 'maven/file', reference: pattern } }];
      const pipeline = pipelineWith([{ ...trigger, expectedArtifactIds: ['a'] }], { expectedArtifacts });

      const { started, rejections } = await bench.holdAgainst(found, pipeline);

      expect(started).toHaveLength(count);
      expect(rejections.filter((text) => text.startsWith('expectedArtifactIds: '))).toHaveLength(1 - count);
    });

    it('starts nothing that expects an artifact the pipeline does not have (test 203)', async () => {
      expect((await bench.hold(found, { ...trigger, expectedArtifactIds: ['1234'] })).started).toEqual([]);
    });

    it('has to be an artifact', async () => {
      expect((await bench.hold(eventOf(null), trigger)).unusable).toBe('content: missing');
      await expect(bench.hold(eventOf({ name: 'libs', artifact: 'x' }), trigger)).rejects.toThrow('content.artifact');
    });
  },
);
